export { narrowBoard } from './board-address.ts'
export { RestorabilityPage } from './RestorabilityPage.tsx'
