export { NoticeSettings, NoticeSettingsDrawer } from './NoticeSettingsDrawer.tsx'
export { Notices } from './Notices.tsx'
