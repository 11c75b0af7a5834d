import { plural, t } from '@lingui/core/macro'
import { Anchor, Button, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { RepositoryVerification } from '../../../contract/shapes/restorability.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { type Fact, FactList } from '../../components/FactList.tsx'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { RelativeTime, Timestamp } from '../../components/Timestamp.tsx'
import { useNow } from '../../components/use-now.ts'
import { MarkBadge } from '../audit/index.ts'
import { obstacleOn, useSnapshots } from '../hosts/index.ts'
import { useProve } from '../restore/index.ts'
import { BoundField } from './BoundField.tsx'
import { ProofsOverTime } from './ProofsOverTime.tsx'
import { PROOF_STATES, rateWords, STATE_SENTENCES, startedWords, timeWords } from './proof-words.ts'
import type { BoardRow } from './use-board.ts'
import { useSetBound } from './use-set-bound.ts'

export interface ProofDrawerProps {
  /** Null before any was looked at. */
  readonly row: BoardRow | null
  readonly usualBoundDays: number | null
  readonly opened: boolean
  onClose(): void
  onChanged(): void
}

/** One repository: what its restores have shown over time, how old a proof may be, and the way to prove it now. */
export function ProofDrawer({ row, usualBoundDays, opened, onClose, onChanged }: ProofDrawerProps): ReactElement {
  return (
    <Drawer
      opened={opened && row !== null}
      onClose={onClose}
      position="right"
      size={540}
      title={<Text fw={650}>{row === null ? '' : t`${row.repositoryName} on ${row.hostName}`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {row !== null && (
        <Stack gap="md">
          <FactList facts={factsOf(row)} />
          <ProveNow row={row} />
          <OwnBound key={`${row.boundDays} ${row.ownBound}`} row={row} usual={usualBoundDays} onChanged={onChanged} />
          <section>
            <Title order={3} mb={6}>{t`What restores have shown`}</Title>
            <ProofsOverTime row={row} />
          </section>
        </Stack>
      )}
    </Drawer>
  )
}

function factsOf({ state, lastSnapshot, lastProof, lastVerified, failing, rates }: BoardRow): Fact[] {
  const rate = rates.at(-1)
  return [
    {
      term: t`State`,
      value: (
        <>
          <MarkBadge mark={PROOF_STATES[state]} />
          <Text size="sm">{STATE_SENTENCES[state]}</Text>
        </>
      ),
    },
    {
      term: t`Last snapshot`,
      value: lastSnapshot === null ? t`not known` : <When time={lastSnapshot.time} />,
    },
    { term: t`Last proven restore`, value: lastProof === null ? t`never` : <When time={lastProof.at} /> },
    {
      term: t`Last verified by a consumer`,
      value: lastVerified === null ? t`never` : <Verified verification={lastVerified} />,
    },
    { term: t`Failing replica`, value: failing === null ? null : <Verified verification={failing} /> },
    {
      term: t`Time to restore`,
      value:
        lastProof === null || lastProof.seconds === null
          ? null
          : `${timeWords(lastProof.seconds, lastProof.bytes)}${rate === undefined ? '' : `, ${rateWords(rate)}`}`,
    },
  ]
}

/** When a consumer saw it, what it did or what went wrong, and the way to its replica. */
function Verified({ verification }: { readonly verification: RepositoryVerification }): ReactElement {
  const { planeId, replicaId, replica, machine, at, healthy, error } = verification
  const said = healthy ? startedWords(verification) : (error ?? t`The replica was not healthy.`).split('\n', 1)[0]
  return (
    <>
      <When time={at} />
      <Text size="sm">{said}</Text>
      <Anchor
        size="sm"
        renderRoot={(props) => <Link {...props} to="/replicas/$planeId/$replicaId" params={{ planeId, replicaId }} />}
      >
        {machine === null ? replica : t`${replica} of ${machine}`}
      </Anchor>
    </>
  )
}

function When({ time }: { readonly time: string }): ReactElement {
  return (
    <>
      <RelativeTime time={time} />
      <Text span c="dimmed">
        {' · '}
        <Timestamp time={time} />
      </Text>
    </>
  )
}

function ProveNow({ row: { hostId, repositoryId, lastSnapshot } }: { readonly row: BoardRow }): ReactElement {
  const prove = useProve()
  const host = useHost(hostId)
  // What the host told last may be old, or nothing yet: the list has the newest.
  const snapshots = useSnapshots(hostId, repositoryId)
  const snapshotId = snapshots.rows?.[0]?.id ?? lastSnapshot?.id ?? null
  const now = useNow()
  const obstacle = host === null ? t`The host is not known.` : obstacleOn(host, 'operator', now)
  const missing = snapshots.loading ? t`Its snapshots are being read.` : t`It has no snapshot that could be restored.`
  return (
    <Group gap="sm">
      <ObstructedButton
        obstacle={obstacle ?? (snapshotId === null ? missing : null)}
        onClick={() => {
          if (snapshotId !== null) prove({ hostId, repositoryId, snapshotId })
        }}
      >{t`Prove now…`}</ObstructedButton>
      <Text
        size="xs"
        c="dimmed"
        flex={1}
        miw={200}
      >{t`Restore from the newest snapshot to a fresh folder and read it back. The host’s own files are not touched.`}</Text>
    </Group>
  )
}

interface OwnBoundProps {
  readonly row: BoardRow
  readonly usual: number | null
  onChanged(): void
}

function OwnBound({ row, usual, onChanged }: OwnBoundProps): ReactElement {
  const { hostId, repositoryId, boundDays, ownBound } = row
  const set = useSetBound(onChanged)
  const place = { of: 'repository', hostId, repositoryId } as const
  return (
    <Stack gap={6}>
      <BoundField
        label={t`A proof of this repository is good for`}
        description={
          ownBound ? t`Its own bound.` : t`As for every repository; enter another number to set this one apart.`
        }
        days={boundDays}
        isWriting={set.isPending}
        onSet={(days) => set.mutate({ ...place, days })}
      />
      {ownBound && usual !== null && (
        <Group>
          <Button variant="subtle" size="compact-xs" onClick={() => set.mutate({ ...place, days: null })}>
            {t`Use the usual ${plural(usual, { one: '# day', other: '# days' })}`}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
