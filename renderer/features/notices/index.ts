export { Notices } from './Notices.tsx'
export { NoticeSettingsDrawer } from './NoticeSettingsDrawer.tsx'
