import { plural, t } from '@lingui/core/macro'
import { Code } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Run } from '../../../contract/shapes/run.ts'
import type { Fact } from '../../components/FactList.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes, formatSpan } from '../../components/format.ts'

type BackupSubject = Extract<Run['subject'], { kind: 'backup' }>

/** How long a run took; no value while that is not known. */
export function tookFact({ startedAt, endedAt }: Run): Fact {
  const took = startedAt === null || endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
  return { term: t`Took`, value: took === null ? null : formatSpan(took) }
}

/** What a backup took, and what it could not read. */
export function backupFacts({ progress, counts }: Run, { paths, snapshotId }: BackupSubject): Fact[] {
  const read =
    progress === null
      ? null
      : `${plural(progress.filesDone, { one: '# file', other: '# files' })}, ${formatBytes(progress.bytesDone)}`
  return [
    { term: t`Taken`, value: <PathList paths={paths} /> },
    { term: t`Read`, value: read },
    {
      term: t`Not read`,
      value:
        counts.failed === 0
          ? null
          : t`${plural(counts.failed, { one: '# item', other: '# items' })}; the ledger names them`,
    },
    { term: t`Snapshot`, value: snapshotId === null ? t`none was made` : <Code>{snapshotId.slice(0, 8)}</Code> },
  ]
}

/** Paths in a line. */
export function PathList({ paths }: { readonly paths: readonly string[] }): ReactElement {
  return (
    <>
      {paths.map((path, at) => (
        <span key={path}>
          {at > 0 && ', '}
          <FileName name={path} />
        </span>
      ))}
    </>
  )
}
