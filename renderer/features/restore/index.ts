export { RestoreDrafts } from './drafts.tsx'
export { RestorePage } from './RestorePage.tsx'
