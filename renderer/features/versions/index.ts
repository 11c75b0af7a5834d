export { VersionsDrawer, type VersionsDrawerProps } from './VersionsDrawer.tsx'
