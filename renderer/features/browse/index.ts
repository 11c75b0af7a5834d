export { BrowsePage } from './BrowsePage.tsx'
export { SelectionProvider, type SnapshotKey, type SnapshotSelection, useSelection } from './selection.tsx'
