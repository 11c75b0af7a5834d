import { useNavigate } from '@tanstack/react-router'
import { useKeys } from '../../components/keys.tsx'
import type { ActiveNode } from './active-node.ts'
import { COUNT_KEYS, PREVIEW_KEYS, VERSIONS_KEYS } from './node-keys.ts'
import type { SnapshotKey } from './snapshot-trees.ts'
import type { NodeActions } from './use-node-actions.ts'

export interface BrowseKeys {
  readonly place: SnapshotKey
  /** What the keyboard is on: only what can be done with it is shown. */
  readonly node: ActiveNode | null
  readonly act: Pick<NodeActions, 'preview' | 'versions' | 'count'>
  onRestore(): void
}

/** The keys of the browse page, while the tree has the focus too. */
export function useBrowseKeys({ place, node, act, onRestore }: BrowseKeys): void {
  const navigate = useNavigate()
  const search = (): void => {
    const { hostId, repositoryId, snapshotId } = place
    void navigate({
      to: '/search',
      search: { in: 'snapshot', host: hostId, repository: repositoryId, snapshot: snapshotId },
    })
  }
  const preview = { keys: PREVIEW_KEYS, label: 'preview', run: act.preview }
  const count = { keys: COUNT_KEYS, label: 'count', run: act.count }
  const versions = { keys: VERSIONS_KEYS, label: 'versions', run: act.versions }
  useKeys([
    { keys: '↑↓', label: 'move' },
    { keys: '→', label: 'open' },
    { keys: 'Space', label: 'select' },
    { keys: 'mod+A', label: 'select all' },
    { keys: '/', label: 'search', run: search },
    ...(node?.type === 'file' ? [preview] : []),
    ...(node?.treeId === undefined ? [] : [count]),
    ...(node === null ? [] : [versions]),
    { keys: 'mod+Enter', label: 'restore selection', run: onRestore },
  ])
}
