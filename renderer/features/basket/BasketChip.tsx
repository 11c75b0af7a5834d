import { plural, t } from '@lingui/core/macro'
import { IconBasket } from '@tabler/icons-react'
import { type ReactElement, useSyncExternalStore } from 'react'
import { useHost } from '../../client/hosts-context.tsx'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { useSnapshotTrees } from './selection.tsx'
import type { RepositoryKey } from './snapshot-trees.ts'
import { useBasket } from './use-basket.ts'

export interface BasketChipProps extends RepositoryKey {
  /** Says whose it is: it stands where there are others. */
  readonly named?: boolean
}

/** How much is in a repository's basket, and the way to its restore; nothing while it is empty. */
export function BasketChip({ hostId, repositoryId, named = false }: BasketChipProps): ReactElement | null {
  const host = useHost(hostId)
  const { count, sources } = useBasket({ hostId, repositoryId })
  if (count === 0) return null
  const items = plural(count, { one: '# item', other: '# items' })
  const amount =
    sources.length === 1 ? items : t`${items} of ${plural(sources.length, { one: '# snapshot', other: '# snapshots' })}`
  return (
    <ButtonLink
      to="/hosts/$hostId/restore"
      params={{ hostId }}
      search={{ repository: repositoryId }}
      variant="light"
      leftSection={<IconBasket size={15} stroke={1.75} aria-hidden="true" />}
    >
      {named ? `${host?.name ?? hostId}: ${amount}` : t`Basket · ${amount}`}
    </ButtonLink>
  )
}

/** Every basket that holds something, for a screen that is about no one repository. */
export function BasketChips(): ReactElement {
  const trees = useSnapshotTrees()
  const filled = useSyncExternalStore(trees.subscribe, trees.filled)
  return (
    <>
      {filled.map(({ hostId, repositoryId }) => (
        <BasketChip
          key={JSON.stringify([hostId, repositoryId])}
          hostId={hostId}
          repositoryId={repositoryId}
          named={filled.length > 1}
        />
      ))}
    </>
  )
}
