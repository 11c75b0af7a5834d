import { t } from '@lingui/core/macro'
import { Badge, Switch, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { Replica, ReplicaStanding } from '../../../contract/shapes/replica.ts'
import { StateBadge } from '../../components/StateBadge.tsx'
import type { Column } from '../../components/table-columns.ts'
import { useNow } from '../../components/use-now.ts'
import { type CauseContext, causeOf, causeOfStanding } from './causes.ts'
import classes from './Replicas.module.css'
import type { ReplicaRow } from './replica-rows.ts'
import { consumerTitle, STATE_ORDER, STATES, scopeWords, timeLeft } from './replica-words.ts'
import { SnapshotsOf } from './SnapshotsOf.tsx'

export interface ColumnsContext extends Omit<CauseContext, 'now'> {
  /** More than one, so each line names its own. */
  readonly severalPlanes: boolean
  planeName(planeId: string): string
  /** Why a replica cannot be switched now, in a sentence; null where it can. */
  obstacle(replica: Replica): string | null
  onExpand(row: ReplicaRow): void
  onSwitch(replica: Replica): void
}

type Compare = (a: ReplicaRow, b: ReplicaRow) => number

/** Lines of one declaration stay together, whichever way they are sorted: only what is declared is compared. */
function byText(textOf: (replica: Replica) => string): Compare {
  return (a, b) => textOf(a.replica).localeCompare(textOf(b.replica), undefined, { numeric: true })
}

const byLeft: Compare = (a, b) => leftOf(a) - leftOf(b)

function leftOf({ replica }: ReplicaRow): number {
  return timeLeft(replica.standings, new Date(0))?.milliseconds ?? Number.MAX_SAFE_INTEGER
}

/** The list of replicas. */
export function replicaColumns(context: ColumnsContext): readonly Column<ReplicaRow>[] {
  const plane: Column<ReplicaRow> = {
    id: 'plane',
    title: t`Plane`,
    width: 'minmax(90px, 0.6fr)',
    cell: ({ replica, standing }) => (standing === null ? context.planeName(replica.planeId) : ''),
    compare: byText(({ planeId }) => context.planeName(planeId)),
    hideBelow: 1300,
  }
  return [...whatColumns(context), ...(context.severalPlanes ? [plane] : []), ...howColumns(context)]
}

function whatColumns(context: ColumnsContext): readonly Column<ReplicaRow>[] {
  return [
    {
      id: 'name',
      title: t`Name`,
      width: 'minmax(150px, 1.1fr)',
      cell: (row) => <Name row={row} onExpand={context.onExpand} />,
      compare: byText(({ declaration }) => declaration.name),
    },
    {
      id: 'scope',
      title: t`Covers`,
      width: 'minmax(110px, 0.8fr)',
      cell: ({ replica, standing }) => (standing === null ? <Cut>{scopeWords(replica)}</Cut> : ''),
      compare: byText(scopeWords),
      hideBelow: 860,
    },
    {
      id: 'intent',
      title: t`Intent and type`,
      width: '158px',
      cell: ({ replica, standing }) => standing === null && <IntentAndType replica={replica} />,
      compare: byText(({ declaration }) => `${declaration.intent} ${declaration.type}`),
      hideBelow: 760,
    },
    {
      id: 'consumer',
      title: t`Consumer`,
      width: '84px',
      cell: ({ replica: { consumerName, declaration }, standing }) =>
        standing === null ? <Cut>{consumerTitle(consumerName, declaration.consumerId)}</Cut> : '',
      compare: byText(({ consumerName, declaration }) => consumerTitle(consumerName, declaration.consumerId)),
      hideBelow: 960,
    },
  ]
}

function howColumns(context: ColumnsContext): readonly Column<ReplicaRow>[] {
  return [
    {
      id: 'state',
      title: t`State`,
      width: 'minmax(170px, 2fr)',
      cell: (row) => <State row={row} context={context} />,
      compare: (a, b) => STATE_ORDER.indexOf(a.replica.state) - STATE_ORDER.indexOf(b.replica.state),
    },
    {
      id: 'snapshot',
      title: t`Newest → verified`,
      width: '126px',
      cell: ({ replica, standing }) => <SnapshotsOf standings={standing === null ? replica.standings : [standing]} />,
      hideBelow: 1060,
    },
    {
      id: 'left',
      title: t`Bound`,
      width: '128px',
      cell: ({ replica, standing }) => (
        <Bound
          bound={replica.declaration.overdueAfter}
          standings={standing === null ? replica.standings : [standing]}
        />
      ),
      compare: byLeft,
      hideBelow: 700,
    },
    {
      id: 'enabled',
      title: t`On`,
      width: '38px',
      cell: ({ replica, standing }) =>
        standing === null && (
          <OnSwitch replica={replica} obstacle={context.obstacle(replica)} onSwitch={context.onSwitch} />
        ),
      compare: (a, b) => Number(b.replica.declaration.enabled) - Number(a.replica.declaration.enabled),
    },
  ]
}

function Cut({ children }: { readonly children: string }): ReactElement {
  return <span title={children}>{children}</span>
}

function IntentAndType({ replica }: { readonly replica: Replica }): ReactElement {
  const { intent, type } = replica.declaration
  return (
    <span title={t`${intent}, of backups of the type ${type}`}>
      <Badge>{intent}</Badge>
      <Text span c="dimmed">{` ${type}`}</Text>
    </span>
  )
}

interface NameProps extends Pick<ColumnsContext, 'onExpand'> {
  readonly row: ReplicaRow
}

function Name({ row, onExpand }: NameProps): ReactElement {
  const { replica, standing, isExpanded } = row
  const { name } = replica.declaration
  if (standing !== null) return <span className={classes['machine']}>{standing.machineName ?? t`no machine`}</span>
  const Chevron = isExpanded === true ? IconChevronDown : IconChevronRight
  return (
    <span className={classes['name']}>
      {isExpanded === null ? (
        <span className={classes['chevron']} />
      ) : (
        <UnstyledButton
          className={classes['chevron'] ?? ''}
          tabIndex={-1}
          aria-label={t`Machines of ${name}`}
          aria-expanded={isExpanded}
          onClick={() => onExpand(row)}
        >
          <Chevron size={14} aria-hidden="true" />
        </UnstyledButton>
      )}
      <Text span fw={600} title={name}>
        {name}
      </Text>
    </span>
  )
}

interface StateProps {
  readonly row: ReplicaRow
  readonly context: Omit<CauseContext, 'now'>
}

function State({ row: { replica, standing }, context }: StateProps): ReactElement {
  const now = useNow()
  const { brief, sentence } =
    standing === null ? causeOf(replica, { ...context, now }) : causeOfStanding(replica, standing, { ...context, now })
  const { state, word } = STATES[standing?.state ?? replica.state]
  return (
    <span className={classes['state']} title={sentence}>
      <StateBadge state={state}>{word}</StateBadge>
      <span className={classes['cause']}>{brief}</span>
    </span>
  )
}

interface BoundProps {
  readonly bound: string | null
  readonly standings: readonly ReplicaStanding[]
}

function Bound({ bound, standings }: BoundProps): ReactElement {
  const now = useNow()
  if (bound === null) return <Text c="dimmed">{t`none`}</Text>
  const left = timeLeft(standings, now)
  return (
    <span title={t`Overdue when not verified for ${bound}`}>
      {bound}
      {left !== null && <Text span c={left.isOver ? 'var(--state-partial)' : 'dimmed'}>{` · ${left.words}`}</Text>}
    </span>
  )
}

interface OnSwitchProps extends Pick<ColumnsContext, 'onSwitch'> {
  readonly replica: Replica
  readonly obstacle: string | null
}

function OnSwitch({ replica, obstacle, onSwitch }: OnSwitchProps): ReactElement {
  const { name, enabled } = replica.declaration
  const control = (
    <Switch
      size="xs"
      tabIndex={-1}
      aria-label={t`${name} is on`}
      checked={enabled}
      onChange={() => onSwitch(replica)}
      {...(obstacle === null ? {} : { 'aria-disabled': true, 'aria-description': obstacle, 'data-blocked': true })}
    />
  )
  return obstacle === null ? (
    control
  ) : (
    <Tooltip label={obstacle} multiline maw={300}>
      <span style={{ opacity: 0.55 }}>{control}</span>
    </Tooltip>
  )
}
