export { BrowsePage } from './BrowsePage.tsx'
export { SelectionProvider, type SnapshotSelection, useSelection } from './selection.tsx'
export type { SnapshotKey } from './snapshot-trees.ts'
export { type RevealPath, useRevealPath } from './use-reveal-path.ts'
