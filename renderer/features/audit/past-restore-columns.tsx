import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Skeleton, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { PastRestore } from '../../../contract/shapes/past-restore.ts'
import { ActorName } from '../../components/ActorName.tsx'
import { Bytes } from '../../components/Bytes.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatBrief, formatCount, formatMoment, formatZoned } from '../../components/format.ts'
import type { Column } from '../../components/table-columns.ts'
import { useNow } from '../../components/use-now.ts'
import { TargetBadge } from '../runs/index.ts'
import classes from './Audit.module.css'
import { ProofBadge, ResultBadge } from './past-restore-words.tsx'
import type { RestoreRow } from './restore-rows.ts'

type RestoreColumn = Column<RestoreRow>

/** A cell of a row that is being read shows that, and no more. */
function cellOf(cell: (restore: PastRestore) => ReactElement | string): RestoreColumn['cell'] {
  return ({ restore }) => (restore === null ? <Skeleton height={9} radius="sm" width="60%" /> : cell(restore))
}

const when: RestoreColumn = {
  id: 'when',
  title: t`When`,
  width: '92px',
  cell: cellOf(({ at }) => <Brief time={at} />),
}

const who: RestoreColumn = {
  id: 'who',
  title: t`Who`,
  width: 'minmax(92px, 0.8fr)',
  cell: cellOf(({ actor }) => <ActorName actor={actor} />),
}

const what: RestoreColumn = {
  id: 'what',
  title: t`What`,
  width: 'minmax(110px, 1.5fr)',
  cell: cellOf((restore) => <What restore={restore} />),
  hideBelow: 900,
}

const snapshot: RestoreColumn = {
  id: 'snapshot',
  title: t`From snapshot`,
  width: '128px',
  cell: cellOf(({ snapshotId, snapshotTime }) =>
    snapshotId === null ? (
      <Dash />
    ) : (
      <span title={t`snapshot ${{ id: snapshotId.slice(0, 8) }}`}>
        {snapshotTime === null ? snapshotId.slice(0, 8) : formatMoment(new Date(snapshotTime))}
      </span>
    ),
  ),
  hideBelow: 800,
}

const target: RestoreColumn = {
  id: 'target',
  title: t`Target`,
  width: 'minmax(76px, 0.7fr)',
  cell: cellOf(({ target: kind, targetPath }) =>
    kind === null ? (
      <Dash />
    ) : (
      <span className={classes['target']} title={showFileName(targetPath ?? '')}>
        <TargetBadge kind={kind} />
        {kind === 'path' && <FileName name={targetPath ?? ''} />}
      </span>
    ),
  ),
}

const files: RestoreColumn = {
  id: 'files',
  title: t`Files`,
  width: '64px',
  align: 'end',
  cell: cellOf(({ files: count }) => (count === null ? <Dash /> : formatCount(count))),
  hideBelow: 780,
}

const bytes: RestoreColumn = {
  id: 'bytes',
  title: t`Bytes`,
  width: '74px',
  align: 'end',
  cell: cellOf(({ bytes: count }) => <Bytes value={count} />),
  hideBelow: 780,
}

const result: RestoreColumn = {
  id: 'result',
  title: t`Result`,
  width: '104px',
  cell: cellOf((restore) => <ResultBadge restore={restore} />),
}

const verified: RestoreColumn = {
  id: 'verified',
  title: t`Verified`,
  width: 'minmax(112px, 0.6fr)',
  cell: cellOf((restore) => <ProofBadge restore={restore} />),
  hideBelow: 560,
}

/** The columns of one host's restores. */
export const ONE_HOST_COLUMNS: readonly RestoreColumn[] = [
  when,
  who,
  what,
  snapshot,
  target,
  files,
  bytes,
  result,
  verified,
]

/** The columns of the restores of all hosts. */
export function allHostsColumns(nameOf: (hostId: string) => string): readonly RestoreColumn[] {
  const host: RestoreColumn = {
    id: 'host',
    title: t`Host`,
    width: 'minmax(84px, 0.7fr)',
    cell: cellOf(({ hostId }) => (
      <Text span fw={600} title={nameOf(hostId)}>
        {nameOf(hostId)}
      </Text>
    )),
  }
  return [when, who, host, what, snapshot, target, files, bytes, result, verified]
}

/** The first of what was selected, and how much more. */
export function What({ restore: { what: first, paths } }: { readonly restore: PastRestore }): ReactElement {
  if (first === '') return <Text c="dimmed">{t`only took away what was created`}</Text>
  const name = showFileName(first)
  const more = paths > 1 ? formatCount(paths - 1) : null
  return (
    <span title={more === null ? name : t`${name} and ${more} more`}>
      {first === '/' ? <WholeSnapshot more={more} /> : <FirstPath path={first} more={more} />}
    </span>
  )
}

function WholeSnapshot({ more }: { readonly more: string | null }): ReactElement {
  return <>{more === null ? t`the whole snapshot` : t`the whole snapshot and ${more} more`}</>
}

function FirstPath({ path, more }: { readonly path: string; readonly more: string | null }): ReactElement {
  if (more === null) return <FileName name={path} />
  return (
    <Trans>
      <FileName name={path} /> and {more} more
    </Trans>
  )
}

function Brief({ time }: { readonly time: string }): ReactElement {
  const date = new Date(time)
  return (
    <time dateTime={time} title={formatZoned(date)}>
      {formatBrief(date, useNow())}
    </time>
  )
}

function Dash(): ReactElement {
  return <Text c="dimmed">—</Text>
}
