import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Badge, Button, Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import { Bytes } from '../../components/Bytes.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatCount } from '../../components/format.ts'
import { HostName } from '../../components/HostName.tsx'
import { RelativeTime, Timestamp } from '../../components/Timestamp.tsx'
import type { Column } from '../../components/table-columns.ts'
import type { SnapshotRow } from './snapshot-filter.ts'
import { pathsInWords } from './snapshot-paths.ts'

const ABOUT: readonly Column<SnapshotRow>[] = [
  {
    id: 'time',
    title: t`Time`,
    width: 'minmax(150px, 0.9fr)',
    cell: ({ time }) => <Timestamp time={time} />,
    compare: (a, b) => Date.parse(a.time) - Date.parse(b.time),
  },
  {
    id: 'age',
    title: t`Age`,
    width: '80px',
    cell: ({ time }) => (
      <Text span c="dimmed">
        <RelativeTime time={time} />
      </Text>
    ),
    hideBelow: 780,
  },
  {
    id: 'id',
    title: t`Id`,
    width: '78px',
    cell: ({ id }) => (
      <Text span ff="monospace" fz="xs">
        {id.slice(0, 8)}
      </Text>
    ),
    hideBelow: 900,
  },
  {
    id: 'host',
    title: t`Host`,
    width: 'minmax(80px, 0.7fr)',
    cell: ({ hostname }) => <HostName name={hostname} />,
    compare: (a, b) => a.hostname.localeCompare(b.hostname, undefined, { numeric: true }),
  },
  {
    id: 'paths',
    title: t`Paths`,
    width: 'minmax(110px, 1.6fr)',
    cell: ({ paths }) => <Paths paths={paths} />,
  },
  { id: 'tags', title: t`Tags`, width: 'minmax(90px, 1fr)', cell: ({ tags }) => <Tags tags={tags} />, hideBelow: 760 },
  {
    id: 'files',
    title: t`Files`,
    width: '84px',
    align: 'end',
    cell: ({ files }) => (files === null ? <Text c="dimmed">—</Text> : formatCount(files)),
    compare: (a, b) => (a.files ?? -1) - (b.files ?? -1),
    hideBelow: 800,
  },
  {
    id: 'size',
    title: t`Size`,
    width: '80px',
    align: 'end',
    cell: ({ bytes }) => <Bytes value={bytes} />,
    compare: (a, b) => (a.bytes ?? -1) - (b.bytes ?? -1),
  },
]

/** What each row's buttons do. */
export interface SnapshotActions {
  restore(row: SnapshotRow): void
  /** See what changed since the snapshot before. */
  compare(row: SnapshotRow): void
}

/** The columns of a repository's snapshots; `obstacle` is the sentence why nothing can be restored now. */
export function snapshotColumns(
  { restore: onRestore, compare }: SnapshotActions,
  obstacle: string | null,
): readonly Column<SnapshotRow>[] {
  const restore: Column<SnapshotRow> = {
    id: 'actions',
    title: '',
    width: '172px',
    align: 'end',
    cell: (row) => (
      <Group gap={6} wrap="nowrap" justify="flex-end">
        <Button variant="subtle" size="compact-xs" tabIndex={-1} onClick={() => compare(row)}>{t`Changes`}</Button>
        <Button
          variant="default"
          size="compact-xs"
          tabIndex={-1}
          {...(obstacle === null
            ? { onClick: () => onRestore(row) }
            : { 'data-disabled': true, 'aria-disabled': true, title: obstacle })}
        >{t`Restore…`}</Button>
      </Group>
    ),
  }
  return [...ABOUT, restore]
}

function Paths({ paths }: { readonly paths: readonly string[] }): ReactElement {
  const { names, parent } = pathsInWords(paths)
  return (
    <span title={paths.map(showFileName).join('\n')}>
      {names.map((name, at) => (
        <span key={name}>
          {at > 0 && ', '}
          <FileName name={name} />
        </span>
      ))}
      {parent !== null && (
        <Text span c="dimmed">
          {' '}
          <Trans>
            in <FileName name={parent} />
          </Trans>
        </Text>
      )}
    </span>
  )
}

function Tags({ tags }: { readonly tags: readonly string[] }): ReactElement {
  return (
    <Group gap={4} wrap="nowrap" title={tags.join(', ')}>
      {tags.map((tag, at) => (
        // Where there is no room for all, the first is still whole.
        <Badge key={tag} miw="2.75em" maw="100%" style={{ flexShrink: at === 0 ? 0 : 1 }}>
          {tag}
        </Badge>
      ))}
    </Group>
  )
}
