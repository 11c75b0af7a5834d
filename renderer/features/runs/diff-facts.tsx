import { plural, t } from '@lingui/core/macro'
import { Code } from '@mantine/core'
import type { ReactElement } from 'react'
import type { DiffSummary, Run } from '../../../contract/shapes/run.ts'
import type { Fact } from '../../components/FactList.tsx'
import { formatBytes } from '../../components/format.ts'
import { Timestamp } from '../../components/Timestamp.tsx'

type DiffSubject = Extract<Run['subject'], { kind: 'diff' }>

/** Which snapshots were compared, and what that came to. */
export function diffFacts({ before, after, metadata, summary }: DiffSubject): Fact[] {
  return [
    { term: t`Earlier`, value: <Side {...before} /> },
    { term: t`Later`, value: <Side {...after} /> },
    { term: t`Metadata`, value: metadata ? t`compared too` : t`not compared` },
    { term: t`Added`, value: summary === null ? null : sideWords(summary.added) },
    { term: t`Removed`, value: summary === null ? null : sideWords(summary.removed) },
    { term: t`Changed`, value: summary === null ? null : plural(summary.changed, { one: '# file', other: '# files' }) },
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
    plural(files, { one: '# file', other: '# files' }),
    plural(folders, { one: '# folder', other: '# folders' }),
    ...(others === 0 ? [] : [plural(others, { one: '# other', other: '# others' })]),
  ]
  return t`${{ counts: counts.join(', ') }}; ${{ bytes: formatBytes(bytes) }} in the repository`
}
