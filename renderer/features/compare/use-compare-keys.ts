import { t } from '@lingui/core/macro'
import { useNavigate } from '@tanstack/react-router'
import { useKeys } from '../../components/keys.tsx'
import { type RepositoryKey, useBasket } from '../basket/index.ts'
import { NOW, type Sides } from './sides.ts'
import { useGoToSides } from './use-go-to-sides.ts'
import type { RowActions } from './use-row-actions.ts'

export interface CompareKeys {
  readonly place: RepositoryKey
  readonly sides: Sides
  readonly actions: RowActions
  /** Changes are a list, not a tree. */
  readonly isFlat: boolean
}

/** The keys of the page, while the tree has the focus too: a letter alone goes to a name there. */
export function useCompareKeys({ place, sides, actions, isFlat }: CompareKeys): void {
  const navigate = useNavigate()
  const go = useGoToSides(place)
  const { count } = useBasket(place)
  const { before, after } = sides
  const ofRow = isFlat
    ? []
    : [
        { keys: 'alt+E', does: 'earlier to basket', label: t`earlier to basket`, run: actions.addBefore },
        { keys: 'alt+L', does: 'later to basket', label: t`later to basket`, run: actions.addAfter },
        { keys: 'alt+R', does: 'removed to basket', label: t`removed to basket`, run: actions.addRemoved },
        { keys: 'alt+C', does: 'compare content', label: t`compare content`, run: actions.compareContent },
      ]
  const toBasket = (): void => {
    if (count === 0) return
    const { hostId, repositoryId: repository } = place
    void navigate({ to: '/hosts/$hostId/restore', params: { hostId }, search: { repository } })
  }
  useKeys([
    { keys: '↑↓', does: 'move', label: t`move` },
    { keys: '→', does: 'open', label: t`open` },
    { keys: 'Enter', does: 'difference', label: t`difference` },
    ...(after === NOW
      ? []
      : [{ keys: 'alt+X', does: 'swap', label: t`swap`, run: () => go({ from: after.id, to: before.id }) }]),
    ...ofRow.flatMap(({ keys, does, label, run }) => (run === undefined ? [] : [{ keys, does, label, run }])),
    { keys: 'alt+B', does: 'basket', label: t`basket`, run: toBasket },
  ])
}
