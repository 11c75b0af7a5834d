export { KeysDialog } from './KeysDialog.tsx'
export { SettingsPage } from './SettingsPage.tsx'
