import { plural, t } from '@lingui/core/macro'
import { notifications } from '@mantine/notifications'
import { describeError } from '../../client/describe-fault.ts'
import { formatCount } from '../../components/format.ts'
import { type RepositoryKey, useAddToBasket, useRevealPath } from '../basket/index.ts'
import { type ChangeRow, isFolder } from './change-rows.ts'
import type { ComparisonCalls } from './comparison-calls.ts'
import { removedPaths } from './removed-paths.ts'
import { NOW, type Sides } from './sides.ts'
import { activeEntry, type CompareTree } from './use-compare-tree.ts'
import { type ContentComparison, isComparable } from './use-content-comparison.ts'
import type { Differing } from './use-difference.ts'

/** A row, and where it is. */
export interface ActiveChange {
  readonly row: ChangeRow
  readonly path: string
}

export interface RowActions {
  /** The row that the keyboard is on. */
  readonly active: ActiveChange | null
  /** Look at what differs of any row. */
  look(change: ActiveChange): void
  /** Look at what differs. */
  show(): void
  /** Put the version of a side into the basket; absent where that side has none, or is the host now. */
  readonly addBefore?: () => void
  readonly addAfter?: () => void
  /** Put all into the basket that a folder had and has no more. */
  readonly addRemoved?: () => void
  /** Have the host compare what the file holds; absent where there is nothing to find out. */
  readonly compareContent?: () => void
  /** It is doing so. */
  readonly isComparing: boolean
}

export interface RowActionsPlace {
  readonly place: RepositoryKey
  readonly sides: Sides
  readonly calls: ComparisonCalls
  readonly contents: ContentComparison
  readonly shown: CompareTree | null
  show(differing: Differing): void
}

/** Beyond that somebody looks into the tree: each path is a folder or more to be read. */
const MOST_REMOVED = 200

/** What can be done with the row that the keyboard is on. */
export function useRowActions({ place, sides, calls, contents, shown, show }: RowActionsPlace): RowActions {
  const add = useAddToBasket()
  const reveal = useRevealPath()
  const active = shown === null ? null : activeChange(shown)
  const look = ({ path, row }: ActiveChange): void => {
    shown?.tree.summon()
    show({ ...row, path, row })
  }
  const nothing = { active, look, show: () => undefined, isComparing: false }
  if (active === null || shown === null) return nothing
  const { row, path } = active
  const { before, after } = sides
  const addFrom = (snapshot: { readonly id: string; readonly treeId: string }) => () =>
    void add({ place: { ...place, snapshotId: snapshot.id }, rootTreeId: snapshot.treeId, path })
  const addRemoved = async (): Promise<void> => {
    const level = shown.levels.level(path)
    if (level === undefined) return
    try {
      const { paths, complete } = await removedPaths(calls, level, MOST_REMOVED)
      for (const one of paths) {
        await reveal({ ...place, snapshotId: before.id }, before.treeId, `${path}${one}`, { choose: 'too' })
      }
      const most = formatCount(MOST_REMOVED)
      const more = complete ? '' : t`There are more: only the first ${most} were taken.`
      const what =
        paths.length === 0
          ? t`Nothing was removed from this folder.`
          : `${plural(paths.length, { one: '# removed path', other: '# removed paths' })}.`
      notifications.show({
        title: paths.length === 0 ? t`Nothing to take` : t`In the basket`,
        message: `${what} ${more}`.trim(),
      })
    } catch (error) {
      const { title, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: nextStep })
    }
  }
  const hasRemoved = row.typeBefore === 'dir' && row.typeAfter === 'dir' && row.kind !== 'same'
  return {
    active,
    look,
    show: () => look(active),
    ...(row.typeBefore !== null && { addBefore: addFrom(before) }),
    ...(after !== NOW && row.typeAfter !== null && { addAfter: addFrom(after) }),
    ...(hasRemoved && isFolder(row) && { addRemoved: () => void addRemoved() }),
    ...(isComparable(row, sides) && { compareContent: () => contents.compare(row, path) }),
    isComparing: contents.comparing === path,
  }
}

function activeChange({ tree, levels }: CompareTree): ActiveChange | null {
  const entry = activeEntry(tree)
  const row = entry === undefined ? undefined : levels.rowsOf(entry.listing)[entry.position]
  return entry === undefined || row === undefined ? null : { row, path: entry.path }
}
