export { Notices } from './Notices.tsx'
export { NoticeSettings, NoticeSettingsDrawer } from './NoticeSettingsDrawer.tsx'
