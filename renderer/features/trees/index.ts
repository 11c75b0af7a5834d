export type { FolderCount, FolderTotalsStore } from './folder-totals.ts'
export type { Served } from './served-repositories.ts'
export type { TreeAddress, TreeCache } from './tree-cache.ts'
export { TreesProvider, useFolderTotals, useServed, useTreeCache } from './trees-context.tsx'
