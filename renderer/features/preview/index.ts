export { PreviewDrawer, type PreviewDrawerProps } from './PreviewDrawer.tsx'
