import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { FileName } from '../../components/FileName.tsx'
import { useSnapshotTrees } from './selection.tsx'
import type { SnapshotKey } from './snapshot-trees.ts'
import { useRevealPath } from './use-reveal-path.ts'

/** Where a path is: in which snapshot, and the id of that one's root listing. */
export interface BasketPlace {
  readonly place: SnapshotKey
  readonly rootTreeId: string
  readonly path: string
}

/** Puts a path of a snapshot into its repository's basket, beside what is in it, and says so; also why it could not. */
export function useAddToBasket(): (added: BasketPlace) => Promise<void> {
  const trees = useSnapshotTrees()
  const reveal = useRevealPath()
  return useCallback(
    async ({ place, rootTreeId, path }) => {
      try {
        await reveal(place, rootTreeId, path, { choose: 'too' })
      } catch (error) {
        const { title, explanation, nextStep } = describeError(error)
        notifications.show({ color: 'red', title, message: `${explanation} ${nextStep}`, autoClose: false })
        return
      }
      const count = trees.basketOf(place).reduce((sum, source) => sum + source.count, 0)
      const items = plural(count, { one: '# item', other: '# items' })
      notifications.show({
        title: t`In the basket`,
        autoClose: 2_500,
        message: (
          <Trans>
            <FileName name={path} /> · {items} in all
          </Trans>
        ),
      })
    },
    [trees, reveal],
  )
}
