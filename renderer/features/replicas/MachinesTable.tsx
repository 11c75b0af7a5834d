import { t } from '@lingui/core/macro'
import { Anchor, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { Replica, ReplicaStanding } from '../../../contract/shapes/replica.ts'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import { useNow } from '../../components/use-now.ts'
import { clockWords } from '../verifications/index.ts'
import { causeOfStanding } from './causes.ts'
import { MachineSnapshots } from './MachineSnapshots.tsx'
import classes from './Replicas.module.css'
import { STATES, timeLeft, WITHHELD } from './replica-words.ts'
import type { Known } from './use-replicas.ts'

export interface MachinesTableProps {
  readonly known: Known
  readonly replica: Replica
}

/** How every machine of a replica stands: worst first. */
export function MachinesTable({ known, replica }: MachinesTableProps): ReactElement {
  return (
    <Table className={classes['machines'] ?? ''} aria-label={t`Machines`} verticalSpacing={4} horizontalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Machine`}</Table.Th>
          <Table.Th>{t`State`}</Table.Th>
          <Table.Th>{t`Newest → verified`}</Table.Th>
          <Table.Th>{t`Last report`}</Table.Th>
          <Table.Th>{t`Left`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {replica.standings.map((standing, at) => (
          <MachineRow key={standing.machineId ?? at} known={known} replica={replica} standing={standing} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

interface MachineRowProps extends MachinesTableProps {
  readonly standing: ReplicaStanding
}

function MachineRow({ known, replica, standing }: MachineRowProps): ReactElement {
  const now = useNow()
  const { state, word } = STATES[standing.state]
  const { brief } = causeOfStanding(replica, standing, { consumers: known.consumers, groups: known.groups, now })
  const left = timeLeft([standing], now)
  const group = known.groups.get(replica.planeId)?.find(({ id }) => id === replica.declaration.groupId)
  return (
    <Table.Tr>
      <Table.Td>
        <MachineName known={known} replica={replica} standing={standing} />
      </Table.Td>
      <Table.Td>
        <StateBadge state={state}>{word}</StateBadge>
        <Text size="xs" c="dimmed" lineClamp={2}>
          {brief}
        </Text>
        <NotSent standing={standing} />
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <MachineSnapshots standing={standing} group={group} />
      </Table.Td>
      <Table.Td>
        <Reported standing={standing} />
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{left === null ? '—' : left.words}</Table.Td>
    </Table.Tr>
  )
}

/** Why it is not sent, where its state does not say that. */
function NotSent({ standing: { withheld } }: Pick<MachineRowProps, 'standing'>): ReactElement | null {
  if (withheld === null || ['gap', 'disabled', 'group-not-ready', 'machine-gone'].includes(withheld)) return null
  const why = WITHHELD[withheld]
  return <Text size="xs" c="dimmed">{t`Not sent: ${why}.`}</Text>
}

function MachineName({ known, replica, standing }: MachineRowProps): ReactElement {
  const group = known.groups.get(replica.planeId)?.find(({ id }) => id === replica.declaration.groupId)
  const hostId = group?.machines.find(({ id }) => id === standing.machineId)?.hostId ?? null
  const name = standing.machineName ?? t`no machine yet`
  if (hostId === null) return <>{name}</>
  return (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/hosts/$hostId" params={{ hostId }} search={{}} />}>
      {name}
    </Anchor>
  )
}

function Reported({ standing: { lastReport } }: Pick<MachineRowProps, 'standing'>): ReactElement {
  if (lastReport === null) return <Text c="dimmed">{t`never`}</Text>
  const clocks = clockWords(lastReport)
  return (
    <>
      <RelativeTime time={lastReport.reportedAt} />
      {clocks !== null && (
        <Text size="xs" c="dimmed">
          {clocks}
        </Text>
      )}
    </>
  )
}
