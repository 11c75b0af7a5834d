import { Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import { Bytes } from '../../components/Bytes.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatCount } from '../../components/format.ts'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import type { Column } from '../../components/table-columns.ts'
import { type AuditKind, actionWords } from './audit-kinds.ts'
import { outcomeWords } from './outcome-words.ts'

type AuditColumn = Column<AuditEntry>

const when: AuditColumn = {
  id: 'when',
  title: 'When',
  width: '96px',
  cell: ({ at }) => <RelativeTime time={at} />,
  compare: (a, b) => a.at.localeCompare(b.at),
}

const who: AuditColumn = {
  id: 'who',
  title: 'Who',
  width: 'minmax(110px, 0.8fr)',
  cell: ({ actor, origin }) => <span title={`${actor}, by way of ${origin}`}>{actor}</span>,
  compare: (a, b) => a.actor.localeCompare(b.actor),
}

const what: AuditColumn = {
  id: 'what',
  title: 'What',
  width: 'minmax(140px, 1.6fr)',
  cell: ({ summary }) => <Path path={summary} />,
  hideBelow: 860,
}

/** What a preview was of: the one thing that is asked of a list of them. */
const file: AuditColumn = {
  id: 'file',
  title: 'File',
  width: 'minmax(160px, 2.4fr)',
  cell: ({ summary }) => <Path path={summary} />,
}

const done: AuditColumn = {
  id: 'done',
  title: 'Done',
  width: 'minmax(84px, 0.6fr)',
  cell: ({ action }) => actionWords(action),
  compare: (a, b) => actionWords(a.action).localeCompare(actionWords(b.action)),
}

const snapshot: AuditColumn = {
  id: 'snapshot',
  title: 'From snapshot',
  width: '104px',
  cell: ({ snapshotId }) => (snapshotId === null ? <Dash /> : <Text ff="monospace">{snapshotId.slice(0, 8)}</Text>),
  hideBelow: 720,
}

const target: AuditColumn = {
  id: 'target',
  title: 'Target',
  width: 'minmax(120px, 1.2fr)',
  cell: ({ targetPath }) => (targetPath === null ? <Dash /> : <Path path={targetPath} />),
}

const files: AuditColumn = {
  id: 'files',
  title: 'Files',
  width: '76px',
  align: 'end',
  cell: (entry) => (entry.files === null ? <Dash /> : formatCount(entry.files)),
  compare: (a, b) => (a.files ?? -1) - (b.files ?? -1),
  hideBelow: 780,
}

const bytes: AuditColumn = {
  id: 'bytes',
  title: 'Bytes',
  width: '80px',
  align: 'end',
  cell: (entry) => <Bytes value={entry.bytes} />,
  compare: (a, b) => (a.bytes ?? -1) - (b.bytes ?? -1),
  hideBelow: 620,
}

const result: AuditColumn = {
  id: 'result',
  title: 'Result',
  width: '108px',
  cell: ({ outcome }) => {
    const { state, word } = outcomeWords(outcome)
    return <StateBadge state={state}>{word}</StateBadge>
  },
  compare: (a, b) => outcomeWords(a.outcome).word.localeCompare(outcomeWords(b.outcome).word),
}

/** The columns of a list that concerns one host. */
export const ONE_HOST_COLUMNS: readonly AuditColumn[] = [when, who, what, snapshot, target, files, bytes, result]

/** The columns of a list over all hosts that fit what it shows; `nameOf` says what a host is called. */
export function allHostsColumns(nameOf: (hostId: string) => string, kind: AuditKind): readonly AuditColumn[] {
  const host: AuditColumn = {
    id: 'host',
    title: 'Host',
    width: 'minmax(90px, 0.8fr)',
    cell: ({ hostId }) => <Text fw={600}>{nameOf(hostId)}</Text>,
    compare: (a, b) => nameOf(a.hostId).localeCompare(nameOf(b.hostId), undefined, { numeric: true }),
  }
  switch (kind) {
    case 'restores':
      return [when, who, host, what, snapshot, target, files, bytes, result]
    case 'previews':
      return [when, who, host, file, snapshot, bytes, result]
    case 'all':
      return [when, who, host, done, what, snapshot, target, bytes, result]
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
