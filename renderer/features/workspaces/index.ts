export { WorkspaceSwitcher } from './WorkspaceSwitcher.tsx'
export { WorkspacesPage } from './WorkspacesPage.tsx'
