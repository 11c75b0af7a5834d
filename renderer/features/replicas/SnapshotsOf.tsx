import { t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { ReplicaStanding } from '../../../contract/shapes/replica.ts'
import { formatCount, formatMoment } from '../../components/format.ts'
import { snapshotPair } from './replica-words.ts'

const SHORT = 7
const LONG = 12

/** The newest snapshot beside the last that was verified; of several machines, how many are verified to the newest. */
export function SnapshotsOf({ standings }: { readonly standings: readonly ReplicaStanding[] }): ReactElement {
  const [first] = standings
  if (first === undefined) return <Text c="dimmed">—</Text>
  if (standings.length > 1) {
    const current = standings.filter((standing) => snapshotPair(standing).isCurrent).length
    const [some, all] = [formatCount(current), formatCount(standings.length)]
    return <Text c="dimmed" title={t`Machines whose newest snapshot is verified`}>{t`${some} of ${all} verified`}</Text>
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
          aria-label={`, ${t`verified`}`}
          style={{ marginLeft: 4, verticalAlign: '-2px' }}
        />
      ) : (
        <Text span inherit c="dimmed">{` → ${verified?.slice(0, SHORT) ?? '—'}`}</Text>
      )}
    </Text>
  )
}

function titleOf({ latestSnapshotId, latestSnapshotAt, lastHealthy }: ReplicaStanding): string {
  return `${newestWords(latestSnapshotId, latestSnapshotAt)}; ${verifiedWords(lastHealthy)}`
}

function newestWords(id: string | null, at: string | null): string {
  if (id === null) return t`No backup yet`
  const snapshot = id.slice(0, LONG)
  const when = at === null ? null : formatMoment(new Date(at))
  return when === null ? t`Newest: ${snapshot}` : t`Newest: ${snapshot}, ${when}`
}

function verifiedWords(report: ReplicaStanding['lastHealthy']): string {
  if (report === null) return t`none was verified yet`
  const snapshot = report.snapshotId?.slice(0, LONG) ?? t`not told`
  const when = formatMoment(new Date(report.reportedAt))
  return t`last verified: ${snapshot}, ${when}`
}
