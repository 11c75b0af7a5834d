export { RestoreDrafts } from './drafts.tsx'
export { RestorePage } from './RestorePage.tsx'
export { useProve } from './use-prove.ts'
