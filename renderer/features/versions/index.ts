export { VersionsDrawer, type VersionsDrawerProps } from './VersionsDrawer.tsx'
export type { VersionSnapshot } from './version-rows.ts'
