import { plural, t } from '@lingui/core/macro'
import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { describeError } from '../../client/describe-fault.ts'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { type Basket, type BasketSource, MOST_PATHS, type SnapshotKey, useTakeSame } from '../basket/index.ts'
import { isWhole } from './restore-choice.ts'
import { snapshotWords } from './Sources.tsx'

export interface NothingChosenProps {
  readonly place: SnapshotKey
  readonly snapshot: Snapshot
  readonly basket: Basket
  snapshotOf(id: string): Snapshot | undefined
}

/** Nothing is selected in the snapshot, and nothing is never taken for everything: the ways to select something. */
export function NothingChosen({ place, snapshot, basket, snapshotOf }: NothingChosenProps): ReactElement {
  const takeSame = useTakeSame()
  const take = useMutation({
    mutationFn: (from: BasketSource) => takeSame(from, place, snapshot.treeId),
    onSuccess: tellMissing,
  })
  const others = basket.sources.filter(
    ({ snapshotId, selection }) =>
      snapshotId !== snapshot.id && !isWhole(selection) && selection.include.length <= MOST_PATHS,
  )
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <ButtonLink
          to="/hosts/$hostId/repositories/$repositoryId/snapshots/$snapshotId"
          params={{ ...place }}
          size="compact-md"
        >{t`Choose in the tree…`}</ButtonLink>
        {others.slice(-1).map((from) => (
          <Button key={from.snapshotId} variant="default" loading={take.isPending} onClick={() => take.mutate(from)}>
            {t`Take the same ${plural(from.selection.include.length, { one: '# item', other: '# items' })} as of ${{ snapshot: snapshotWords(from.snapshotId, snapshotOf(from.snapshotId)) }}`}
          </Button>
        ))}
        <Button
          variant="default"
          onClick={() => basket.takeWhole(snapshot.id, snapshot.treeId)}
        >{t`Take the whole snapshot`}</Button>
        <Text size="sm" c="dimmed">{t`Nothing is selected yet.`}</Text>
      </Group>
      {take.isError && <ErrorState description={describeError(take.error)} />}
    </Stack>
  )
}

const NAMED = 3

function tellMissing(missing: readonly string[]): void {
  if (missing.length === 0) return
  const more = missing.length - NAMED
  const names = missing.slice(0, NAMED).map(showFileName).join(', ')
  notifications.show({
    color: 'yellow',
    autoClose: false,
    title: t`${plural(missing.length, { one: '# path', other: '# paths' })} not in this snapshot`,
    message: more > 0 ? t`${names} and ${plural(more, { one: '# more path', other: '# more paths' })}` : names,
  })
}
