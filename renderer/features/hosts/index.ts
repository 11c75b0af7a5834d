export { HostPage } from './HostPage.tsx'
export { HostsPage } from './HostsPage.tsx'
