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
        { keys: 'alt+E', label: 'earlier to basket', run: actions.addBefore },
        { keys: 'alt+L', label: 'later to basket', run: actions.addAfter },
        { keys: 'alt+R', label: 'removed to basket', run: actions.addRemoved },
        { keys: 'alt+C', label: 'compare content', run: actions.compareContent },
      ]
  const toBasket = (): void => {
    if (count === 0) return
    const { hostId, repositoryId: repository } = place
    void navigate({ to: '/hosts/$hostId/restore', params: { hostId }, search: { repository } })
  }
  useKeys([
    { keys: '↑↓', label: 'move' },
    { keys: '→', label: 'open' },
    { keys: 'Enter', label: 'difference' },
    ...(after === NOW ? [] : [{ keys: 'alt+X', label: 'swap', run: () => go({ from: after.id, to: before.id }) }]),
    ...ofRow.flatMap(({ keys, label, run }) => (run === undefined ? [] : [{ keys, label, run }])),
    { keys: 'alt+B', label: 'basket', run: toBasket },
  ])
}
