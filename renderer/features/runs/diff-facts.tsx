import { Code } from '@mantine/core'
import type { ReactElement } from 'react'
import type { DiffSummary, Run } from '../../../contract/shapes/run.ts'
import type { Fact } from '../../components/FactList.tsx'
import { formatBytes, formatNumberOf } from '../../components/format.ts'
import { Timestamp } from '../../components/Timestamp.tsx'

type DiffSubject = Extract<Run['subject'], { kind: 'diff' }>

/** Which snapshots were compared, and what that came to. */
export function diffFacts({ before, after, metadata, summary }: DiffSubject): Fact[] {
  return [
    { term: 'Earlier', value: <Side {...before} /> },
    { term: 'Later', value: <Side {...after} /> },
    { term: 'Metadata', value: metadata ? 'compared too' : 'not compared' },
    { term: 'Added', value: summary === null ? null : sideWords(summary.added) },
    { term: 'Removed', value: summary === null ? null : sideWords(summary.removed) },
    { term: 'Changed', value: summary === null ? null : formatNumberOf(summary.changed, 'file') },
  ]
}

function Side({ snapshotId, snapshotTime }: DiffSubject['before']): ReactElement {
  return (
    <>
      <Timestamp time={snapshotTime} exact /> <Code>{snapshotId.slice(0, 8)}</Code>
    </>
  )
}

function sideWords({ files, folders, others, bytes }: DiffSummary['added']): string {
  const counts = [
    formatNumberOf(files, 'file'),
    formatNumberOf(folders, 'folder'),
    ...(others === 0 ? [] : [formatNumberOf(others, 'other')]),
  ]
  return `${counts.join(', ')}; ${formatBytes(bytes)} in the repository`
}
