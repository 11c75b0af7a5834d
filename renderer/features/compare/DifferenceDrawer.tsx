import { Drawer, SegmentedControl, Tabs, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { baseName } from '../../../contract/shapes/file-name.ts'
import { FileName } from '../../components/FileName.tsx'
import { formatMoment } from '../../components/format.ts'
import type { RepositoryKey } from '../basket/index.ts'
import classes from './Difference.module.css'
import { ContentDifference } from './ContentDifference.tsx'
import type { FileSide } from './file-sides.ts'
import { MetadataDifference } from './MetadataDifference.tsx'
import { NOW, type Sides } from './sides.ts'
import type { Difference, Differing } from './use-difference.ts'

export interface DifferenceDrawerProps {
  readonly place: RepositoryKey
  readonly sides: Sides
  readonly difference: Difference
}

/** One path on both sides: what it holds, and all else that is kept of it; beside the host now where that is wanted. */
export function DifferenceDrawer({ place, sides, difference }: DifferenceDrawerProps): ReactElement {
  const { subject, opened, close } = difference
  const path = subject?.path ?? ''
  return (
    <Drawer
      opened={opened}
      onClose={close}
      size="min(1180px, 96vw)"
      title={
        <>
          <Text fw={650}>
            <FileName name={baseName(path)} plain />
          </Text>
          <Text size="xs" c="dimmed">
            in <FileName name={path.slice(0, path.lastIndexOf('/')) || '/'} />
          </Text>
        </>
      }
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ content: classes['drawer'] ?? '', body: classes['body'] ?? '', title: classes['title'] ?? '' }}
      // The page below has keys of its own.
      onKeyDown={(event) => event.stopPropagation()}
    >
      {subject !== null && <DifferenceOf key={subject.path} place={place} sides={sides} subject={subject} />}
    </Drawer>
  )
}

interface DifferenceOfProps {
  readonly place: RepositoryKey
  readonly sides: Sides
  readonly subject: Differing
}

/** Which two of the three are beside each other. */
type Between = 'earlier and later' | 'earlier and now' | 'later and now'

function DifferenceOf({ place, sides, subject }: DifferenceOfProps): ReactElement {
  const isFile = subject.typeBefore === 'file' || subject.typeAfter === 'file'
  const [between, setBetween] = useState<Between>('earlier and later')
  const columns = columnsOf(sides, subject)
  const [before, after] = chosen(columns, between)
  return (
    <Tabs
      defaultValue={isFile ? 'content' : 'metadata'}
      keepMounted={false}
      classNames={{ root: classes['tabs'] ?? '', panel: classes['panel'] ?? '' }}
    >
      <div className={classes['head-line']}>
        <Tabs.List>
          {isFile && <Tabs.Tab value="content">Content</Tabs.Tab>}
          <Tabs.Tab value="metadata">Metadata</Tabs.Tab>
        </Tabs.List>
        {sides.after !== NOW && isFile && (
          <SegmentedControl
            size="xs"
            aria-label="Which sides"
            value={between}
            onChange={(value) => setBetween(BETWEEN.find((one) => one === value) ?? 'earlier and later')}
            data={[...BETWEEN]}
          />
        )}
      </div>
      {isFile && (
        <Tabs.Panel value="content">
          <ContentDifference place={place} path={subject.path} before={before} after={after} />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="metadata">
        <MetadataDifference place={place} sides={sides} path={subject.path} columns={columns} />
      </Tabs.Panel>
    </Tabs>
  )
}

const BETWEEN = ['earlier and later', 'earlier and now', 'later and now'] as const

/** One side as a column: what it is called, and where its file is; null where it has none. */
export interface DifferenceColumn {
  readonly title: string
  readonly side: FileSide
  /** It has the path as a file; null where nobody has looked. */
  readonly isFile: boolean | null
}

function columnsOf({ before, after }: Sides, subject: Differing): readonly DifferenceColumn[] {
  const earlier: DifferenceColumn = {
    title: `Earlier, ${formatMoment(new Date(before.time))}`,
    side: { snapshotId: before.id, at: 'snapshot' },
    isFile: subject.typeBefore === 'file',
  }
  // Of the two, a snapshot that has the path says where it is on the host.
  const now = (snapshotId: string, isFile: boolean | null): DifferenceColumn => ({
    title: 'Host now',
    side: { snapshotId, at: NOW },
    isFile,
  })
  if (after === NOW) return [earlier, now(before.id, subject.typeAfter === 'file')]
  const later: DifferenceColumn = {
    title: `Later, ${formatMoment(new Date(after.time))}`,
    side: { snapshotId: after.id, at: 'snapshot' },
    isFile: subject.typeAfter === 'file',
  }
  return [earlier, later, now(subject.typeAfter === null ? before.id : after.id, null)]
}

function chosen(columns: readonly DifferenceColumn[], between: Between): readonly [DifferenceColumn, DifferenceColumn] {
  const [earlier, later, now] = columns
  if (earlier === undefined || later === undefined) throw new Error('a comparison has two sides')
  if (between === 'earlier and later' || now === undefined) return [earlier, later]
  return [between === 'earlier and now' ? earlier : later, now]
}
