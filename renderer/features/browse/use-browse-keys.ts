import { t } from '@lingui/core/macro'
import { useNavigate } from '@tanstack/react-router'
import { useKeys } from '../../components/keys.tsx'
import type { SnapshotKey } from '../basket/index.ts'
import type { NodeActions } from './use-node-actions.ts'

/** Alt with a letter: a letter alone goes to a name in the tree. */
const PREVIEW_KEYS = 'alt+P'
const VERSIONS_KEYS = 'alt+V'
const COUNT_KEYS = 'alt+S'
const BASKET_KEYS = 'alt+B'
const CHANGES_KEYS = 'alt+C'
const NOW_KEYS = 'alt+N'

export interface BrowseKeys {
  readonly place: SnapshotKey
  readonly act: NodeActions['act']
  onRestore(): void
  onBasket(): void
  /** Compare with the snapshot before it, or with the host now; absent while nothing can be asked. */
  readonly onChanges?: (() => void) | undefined
  readonly onNow?: (() => void) | undefined
}

/** The keys of the browse page, while the tree has the focus too. What cannot be done now has none. */
export function useBrowseKeys({ place, act, onRestore, onBasket, onChanges, onNow }: BrowseKeys): void {
  const navigate = useNavigate()
  const search = (): void => {
    const { hostId, repositoryId, snapshotId } = place
    void navigate({
      to: '/search',
      search: { in: 'snapshot', host: hostId, repository: repositoryId, snapshot: snapshotId },
    })
  }
  const ofNode = [
    { keys: PREVIEW_KEYS, does: 'preview', label: t`preview`, run: act.preview },
    { keys: COUNT_KEYS, does: 'count', label: t`count`, run: act.count },
    { keys: VERSIONS_KEYS, does: 'versions', label: t`versions`, run: act.versions },
    { keys: CHANGES_KEYS, does: 'changes', label: t`changes`, run: onChanges },
    { keys: NOW_KEYS, does: 'host now', label: t`host now`, run: onNow },
  ]
  useKeys([
    { keys: '↑↓', does: 'move', label: t`move` },
    { keys: '→', does: 'open', label: t`open` },
    { keys: 'Space', does: 'select', label: t`select` },
    { keys: 'mod+A', does: 'select all', label: t`select all` },
    { keys: '/', does: 'search', label: t`search`, run: search },
    ...ofNode.flatMap(({ keys, does, label, run }) => (run === undefined ? [] : [{ keys, does, label, run }])),
    { keys: BASKET_KEYS, does: 'basket', label: t`basket`, run: onBasket },
    { keys: 'mod+Enter', does: 'restore selection', label: t`restore selection`, run: onRestore },
  ])
}
