import { t } from '@lingui/core/macro'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { baseName, showFileName } from '../../../contract/shapes/file-name.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import type { RepositoryKey } from '../basket/index.ts'
import type { ChangeRow } from './change-rows.ts'
import type { Levels } from './levels.ts'
import { NOW, type Sides } from './sides.ts'

export interface ContentComparison {
  /** Have the host compare what a file holds now with what the snapshot holds. */
  compare(row: ChangeRow, path: string): void
  /** Which file is being compared; null for none. */
  readonly comparing: string | null
  /** Somebody has read both sides. */
  decide(row: ChangeRow, path: string, isSame: boolean): void
}

/** Whether a file of the host could be compared by what it holds: both sides have one, and nobody has said yet. */
export function isComparable(
  { kind, typeBefore, typeAfter, sizeBefore, sizeAfter }: ChangeRow,
  { after }: Sides,
): boolean {
  const isKnown = kind === 'modified' || sizeBefore !== sizeAfter
  return after === NOW && typeBefore === 'file' && typeAfter === 'file' && !isKnown
}

/** What files of the host hold, where somebody asks: it is read wholly there, audited, and the row's mark says what came of it. */
export function useContentComparison(place: RepositoryKey, sides: Sides, levels: Levels): ContentComparison {
  const client = useClient()
  const [, setDecisions] = useState(0)
  const decide: ContentComparison['decide'] = (row, path, isSame) => {
    if (levels.decide(row, path, isSame)) setDecisions(levels.decisions.size)
  }
  const { mutate, isPending, variables } = useMutation({
    mutationFn: ({ path }: { readonly row: ChangeRow; readonly path: string }) =>
      client.compare.liveContents({ ...place, snapshotId: sides.before.id, path, limit: 0, compare: true }),
    onSuccess: ({ same }, { row, path }) => {
      if (same === null) return
      decide(row, path, same)
      const title = same ? t`It holds the same` : t`It holds something else`
      notifications.show({ title, message: showFileName(baseName(path)) })
    },
    onError: (error) => {
      const { title, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: nextStep })
    },
  })
  return { compare: (row, path) => mutate({ row, path }), comparing: isPending ? variables.path : null, decide }
}
