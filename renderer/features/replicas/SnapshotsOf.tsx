import { t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { ReplicaStanding } from '../../../contract/shapes/replica.ts'
import { formatMoment } from '../../components/format.ts'
import { snapshotPair } from './replica-words.ts'

const SHORT = 7

/** The newest snapshot beside the last that was verified; of several machines, how many are verified to the newest. */
export function SnapshotsOf({ standings }: { readonly standings: readonly ReplicaStanding[] }): ReactElement {
  const [first] = standings
  if (first === undefined) return <Text c="dimmed">—</Text>
  if (standings.length > 1) {
    const current = standings.filter((standing) => snapshotPair(standing).isCurrent).length
    return (
      <Text
        c="dimmed"
        title={t`Machines whose newest snapshot is verified`}
      >{t`${current} of ${standings.length} verified`}</Text>
    )
  }
  return <Pair standing={first} />
}

function Pair({ standing }: { readonly standing: ReplicaStanding }): ReactElement {
  const { latest, verified, isCurrent } = snapshotPair(standing)
  if (latest === null && verified === null) return <Text c="dimmed">—</Text>
  return (
    <Text span ff="monospace" fz="xs" title={titleOf(standing)}>
      {latest?.slice(0, SHORT) ?? '—'}
      {isCurrent ? (
        <IconCheck
          size={13}
          color="var(--state-succeeded)"
          aria-label={t`, verified`}
          style={{ marginLeft: 4, verticalAlign: '-2px' }}
        />
      ) : (
        <Text span inherit c="dimmed">{` → ${verified?.slice(0, SHORT) ?? '—'}`}</Text>
      )}
    </Text>
  )
}

function titleOf({ latestSnapshotId, latestSnapshotAt, lastHealthy }: ReplicaStanding): string {
  const newest =
    latestSnapshotId === null
      ? t`No backup yet`
      : t`Newest: ${latestSnapshotId.slice(0, 12)}${latestSnapshotAt === null ? '' : `, ${formatMoment(new Date(latestSnapshotAt))}`}`
  const verified =
    lastHealthy === null
      ? t`none was verified yet`
      : t`verified last: ${lastHealthy.snapshotId?.slice(0, 12) ?? t`not told`}, ${formatMoment(new Date(lastHealthy.reportedAt))}`
  return `${newest}; ${verified}`
}
