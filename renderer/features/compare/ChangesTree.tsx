import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import { formatBrief, formatBytes } from '../../components/format.ts'
import { type TreeCells, TreeGrid } from '../../components/tree/TreeGrid.tsx'
import { useNow } from '../../components/use-now.ts'
import { ChangeMark } from './ChangeMark.tsx'
import classes from './Compare.module.css'
import { type ChangeFilter, type ChangeRow, isFolder, shownKind } from './change-rows.ts'
import { RollUpMarks } from './RollUpMarks.tsx'
import type { CompareTree } from './use-compare-tree.ts'
import type { ActiveChange } from './use-row-actions.ts'
import { bytesWords, differenceWords } from './words.ts'

export interface ChangesTreeProps {
  readonly shown: CompareTree
  readonly filter: ChangeFilter
  /** More is becoming known. */
  readonly isRunning: boolean
  describe(error: unknown): { readonly text: string; readonly quiet: boolean }
  /** Look at what differs of a path. */
  onShow(change: ActiveChange): void
  /** Put the keyboard into the tree when it appears. */
  readonly focusFirst: boolean
}

const COLUMNS: TreeCells['columns'] = [
  { title: t`What differs`, className: classes['what'] },
  { title: t`Bytes`, className: classes['bytes'] },
  { title: t`Modified`, className: classes['time'] },
]

/** Both sides as one tree: each path with what became of it, each folder with what differs in it. */
export function ChangesTree({
  shown,
  filter,
  isRunning,
  describe,
  onShow,
  focusFirst,
}: ChangesTreeProps): ReactElement {
  const { tree, levels } = shown
  const now = useNow()
  const rowOf = (node: number): ChangeRow | undefined => {
    const entry = tree.columns.entry(node)
    return entry === undefined ? undefined : levels.rowsOf(entry.listing)[entry.position]
  }
  const cells: TreeCells = {
    className: classes['tree'] ?? '',
    columns: COLUMNS,
    mark: (node) => {
      const row = rowOf(node)
      return row === undefined ? null : (
        <ChangeMark kind={shownKind(row, filter, levels.rollUpOf(row, tree.columns.path(node)))} bitRot={row.bitRot} />
      )
    },
    of: (node) => {
      const row = rowOf(node)
      if (row === undefined) return ['', '', '']
      const modified = row.modifiedAfter || row.modifiedBefore
      const time = modified === '' ? '' : formatBrief(new Date(modified), now)
      if (!isFolder(row)) return [differenceWords(row), sizeWords(row), time]
      const rollUp = levels.rollUpOf(row, tree.columns.path(node))
      const isComing = isRunning && rollUp === null && row.kind !== 'same'
      return [
        <RollUpMarks key="what" rollUp={rollUp} filter={filter} isComing={isComing} />,
        rollUp === null ? '' : bytesWords(rollUp),
        time,
      ]
    },
  }
  return (
    <TreeGrid
      store={tree}
      label={t`What differs`}
      describe={describe}
      cells={cells}
      selectable={false}
      onOpenLeaf={(node) => {
        const row = rowOf(node)
        if (row !== undefined) onShow({ row, path: tree.columns.path(node) })
      }}
      focusFirst={focusFirst}
    />
  )
}

function sizeWords({ typeBefore, typeAfter, sizeBefore, sizeAfter }: ChangeRow): string {
  if (typeAfter === 'file') return formatBytes(sizeAfter)
  return typeBefore === 'file' ? formatBytes(sizeBefore) : ''
}
