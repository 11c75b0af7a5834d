import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { formatBytes, formatNumberOf } from '../../components/format.ts'
import type { SnapshotSelection } from './selection.tsx'

export interface SelectionActionsProps {
  readonly selection: SnapshotSelection
  onRestore(): void
}

/** What can be done with the selection, and how much it is. */
export function SelectionActions({ selection, onRestore }: SelectionActionsProps): ReactElement {
  return (
    <>
      {selection.count > 0 && (
        <Button variant="subtle" onClick={selection.clear}>
          Clear
        </Button>
      )}
      <Button disabled={selection.count === 0} onClick={onRestore}>
        {restoreLabel(selection)}
      </Button>
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
  if (count === 0) return 'Restore…'
  const what = include[0] === '/' ? 'the whole snapshot' : formatNumberOf(count, 'item')
  if (exact) return `Restore ${what} · ${formatBytes(bytes)}`
  return bytes > 0 ? `Restore ${what} · at least ${formatBytes(bytes)}` : `Restore ${what}`
}
