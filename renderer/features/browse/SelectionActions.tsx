import { plural, t } from '@lingui/core/macro'
import { Button, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import { formatBytes } from '../../components/format.ts'
import { BasketChip, type RepositoryKey, type SnapshotSelection } from '../basket/index.ts'
import type { Away } from '../hosts/index.ts'

export interface SelectionActionsProps {
  readonly place: RepositoryKey
  readonly selection: SnapshotSelection
  /** Why nothing can be restored now; null while it can. */
  readonly away: Away | null
  onRestore(): void
}

/** What can be done with the selection, and how much it is. */
export function SelectionActions({ place, selection, away, onRestore }: SelectionActionsProps): ReactElement {
  return (
    <>
      <BasketChip hostId={place.hostId} repositoryId={place.repositoryId} />
      {selection.count > 0 && <Button variant="subtle" onClick={selection.clear}>{t`Clear`}</Button>}
      {away === null ? (
        <Button disabled={selection.count === 0} onClick={onRestore}>
          {restoreLabel(selection)}
        </Button>
      ) : (
        <Tooltip label={t`${away.what}. What is selected stays selected.`}>
          <Button data-disabled aria-disabled="true" onClick={(event) => event.preventDefault()}>
            {restoreLabel(selection)}
          </Button>
        </Tooltip>
      )}
    </>
  )
}

/** `Restore 3 items · 1.2 GiB`; "at least" where chosen directories have not been read, and no figure where none were. */
export function restoreLabel({
  count,
  bytes,
  exact,
  include,
}: Pick<SnapshotSelection, 'count' | 'bytes' | 'exact' | 'include'>): string {
  if (count === 0) return t`Restore…`
  const what =
    include[0] === '/'
      ? t`Restore the whole snapshot`
      : plural(count, { one: 'Restore # item', other: 'Restore # items' })
  const size = formatBytes(bytes)
  if (exact) return `${what} · ${size}`
  return bytes > 0 ? t`${what} · at least ${size}` : what
}
