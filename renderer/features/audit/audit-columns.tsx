import { t } from '@lingui/core/macro'
import { ActionIcon, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import { ActorName } from '../../components/ActorName.tsx'
import { Bytes } from '../../components/Bytes.tsx'
import { FileName } from '../../components/FileName.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import type { Column } from '../../components/table-columns.ts'
import { TargetBadge } from '../runs/index.ts'
import classes from './Audit.module.css'
import { type AuditKind, actionWords } from './audit-kinds.ts'
import { outcomeWords } from './outcome-words.ts'
import { targetKind } from './target-kind.ts'

type AuditColumn = Column<AuditEntry>

const when: AuditColumn = {
  id: 'when',
  title: t`When`,
  width: '88px',
  cell: ({ at }) => <RelativeTime time={at} />,
  compare: (a, b) => a.at.localeCompare(b.at),
}

const who: AuditColumn = {
  id: 'who',
  title: t`Who`,
  width: 'minmax(100px, 0.8fr)',
  cell: ({ actor, origin }) => (
    <span title={t`By way of ${origin}`}>
      <ActorName actor={actor} />
    </span>
  ),
  compare: (a, b) => a.actor.localeCompare(b.actor),
}

const what: AuditColumn = {
  id: 'what',
  title: t`What`,
  width: 'minmax(140px, 1.6fr)',
  cell: ({ summary }) => <Path path={summary} />,
  hideBelow: 860,
}

/** What a preview was of: the one thing that is asked of a list of them. */
const file: AuditColumn = {
  id: 'file',
  title: t`File`,
  width: 'minmax(160px, 2.4fr)',
  cell: ({ summary }) => <Path path={summary} />,
}

const done: AuditColumn = {
  id: 'done',
  title: t`Done`,
  width: 'minmax(84px, 0.6fr)',
  cell: ({ action }) => actionWords(action),
  compare: (a, b) => actionWords(a.action).localeCompare(actionWords(b.action)),
}

const snapshot: AuditColumn = {
  id: 'snapshot',
  title: t`From snapshot`,
  width: '104px',
  cell: ({ snapshotId }) => (snapshotId === null ? <Dash /> : <Text ff="monospace">{snapshotId.slice(0, 8)}</Text>),
  hideBelow: 720,
}

const target: AuditColumn = {
  id: 'target',
  title: t`Target`,
  width: 'minmax(96px, 1.2fr)',
  cell: (entry) => {
    const kind = targetKind(entry)
    if (kind === null) return entry.targetPath === null ? <Dash /> : <Path path={entry.targetPath} />
    return (
      <span className={classes['target']} title={showFileName(entry.targetPath ?? '')}>
        <TargetBadge kind={kind} />
        {kind !== 'in-place' && <Path path={entry.targetPath ?? ''} />}
      </span>
    )
  },
}

const bytes: AuditColumn = {
  id: 'bytes',
  title: t`Bytes`,
  width: '80px',
  align: 'end',
  cell: (entry) => <Bytes value={entry.bytes} />,
  compare: (a, b) => (a.bytes ?? -1) - (b.bytes ?? -1),
  hideBelow: 780,
}

const result: AuditColumn = {
  id: 'result',
  title: t`Result`,
  width: '108px',
  cell: ({ outcome }) => {
    const { state, word } = outcomeWords(outcome)
    return <StateBadge state={state}>{word}</StateBadge>
  },
  compare: (a, b) => outcomeWords(a.outcome).word.localeCompare(outcomeWords(b.outcome).word),
}

export interface ListOfAllHosts {
  /** What a host is called. */
  nameOf(hostId: string): string
  readonly kind: Exclude<AuditKind, 'restores'>
  onDetails(entry: AuditEntry): void
}

/** The columns of a list over all hosts that fit what it shows. */
export function allHostsColumns({ nameOf, kind, onDetails }: ListOfAllHosts): readonly AuditColumn[] {
  const host: AuditColumn = {
    id: 'host',
    title: t`Host`,
    width: 'minmax(84px, 0.8fr)',
    cell: ({ hostId }) => <Text fw={600}>{nameOf(hostId)}</Text>,
    compare: (a, b) => nameOf(a.hostId).localeCompare(nameOf(b.hostId), undefined, { numeric: true }),
  }
  const details: AuditColumn = {
    id: 'details',
    title: '',
    width: '28px',
    cell: (entry) => (
      // The letter `i` is for the keyboard: a stop at each row would be in its way.
      <ActionIcon
        size="sm"
        tabIndex={-1}
        aria-label={t`Details of ${{ what: entry.summary }}`}
        onClick={() => onDetails(entry)}
      >
        <IconInfoCircle size={15} stroke={1.75} aria-hidden="true" />
      </ActionIcon>
    ),
  }
  switch (kind) {
    case 'previews':
      return [when, who, host, file, snapshot, bytes, result, details]
    case 'all':
      return [when, who, host, done, what, snapshot, target, bytes, result, details]
  }
}

function Path({ path }: { readonly path: string }): ReactElement {
  return (
    <span title={path}>
      <FileName name={path} />
    </span>
  )
}

function Dash(): ReactElement {
  return <Text c="dimmed">—</Text>
}
