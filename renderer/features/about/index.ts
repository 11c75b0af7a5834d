export { AboutYouDrawer } from './AboutYouDrawer.tsx'
