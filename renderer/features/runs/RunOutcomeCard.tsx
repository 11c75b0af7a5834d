import { Code, Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Run } from '../../../contract/shapes/run.ts'
import { describeFault } from '../../client/describe-fault.ts'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { type Fact, FactList } from '../../components/FactList.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes, formatNumberOf, formatSpan } from '../../components/format.ts'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RunFolder } from './RunFolder.tsx'

type BackupSubject = Extract<Run['subject'], { kind: 'backup' }>

export interface RunOutcomeCardProps {
  readonly hostId: string
  readonly run: Run
}

/** How a run ended: the result in words, why where it did not simply succeed, and where its files are. */
export function RunOutcomeCard({ hostId, run }: RunOutcomeCardProps): ReactElement {
  const { fault, subject } = run
  return (
    <SectionCard>
      <Section title={<StateBadge state={run.state}>{verdict(run)}</StateBadge>}>
        <FactList facts={facts(hostId, run)} />
        {subject.kind === 'backup' && subject.snapshotId !== null && (
          <Group mt="md">
            <ButtonLink
              to="/hosts/$hostId/repositories/$repositoryId/snapshots/$snapshotId"
              params={{ hostId, repositoryId: run.repositoryId, snapshotId: subject.snapshotId }}
            >
              Browse the snapshot
            </ButtonLink>
          </Group>
        )}
        {subject.kind === 'init' && run.state === 'succeeded' && (
          <Group mt="md">
            <ButtonLink to="/hosts/$hostId" params={{ hostId }} search={{ repository: run.repositoryId }}>
              {subject.sample ? 'Browse the sample' : 'Open the repository'}
            </ButtonLink>
          </Group>
        )}
      </Section>
      {fault !== null && fault.code !== 'cancelled' && <ErrorState description={describeFault(fault)} />}
    </SectionCard>
  )
}

function facts(hostId: string, run: Run): Fact[] {
  const { subject, progress, remark, counts } = run
  const took =
    run.startedAt === null || run.endedAt === null
      ? null
      : formatSpan((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000)
  const bytes = progress === null ? '' : `, ${formatBytes(progress.bytesDone)}`
  return [
    { term: 'Remark', value: remark === '' ? null : remark },
    ...(subject.kind === 'restore'
      ? [
          { term: 'Restored', value: `${formatNumberOf(counts.restored + counts.updated, 'file')}${bytes}` },
          { term: 'Files are in', value: <RunFolder hostId={hostId} runId={run.id} path={subject.targetPath} /> },
        ]
      : []),
    ...(subject.kind === 'backup' ? backupFacts(run, subject) : []),
    { term: 'Took', value: took === null ? null : <Text span>{took}</Text> },
  ]
}

function backupFacts({ progress, counts }: Run, { paths, snapshotId }: BackupSubject): Fact[] {
  const read =
    progress === null ? null : `${formatNumberOf(progress.filesDone, 'file')}, ${formatBytes(progress.bytesDone)}`
  return [
    { term: 'Taken', value: <PathList paths={paths} /> },
    { term: 'Read', value: read },
    {
      term: 'Not read',
      value: counts.failed === 0 ? null : `${formatNumberOf(counts.failed, 'item')}; the ledger names them`,
    },
    { term: 'Snapshot', value: snapshotId === null ? 'none was made' : <Code>{snapshotId.slice(0, 8)}</Code> },
  ]
}

function PathList({ paths }: { readonly paths: readonly string[] }): ReactElement {
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

/** The state, said so that nobody takes a partial result for a whole one. */
function verdict({ state, counts, subject }: Run): string {
  const lost = [
    counts.failed > 0 ? `${formatNumberOf(counts.failed, 'item')} failed` : '',
    counts.skipped > 0 ? `${formatNumberOf(counts.skipped, 'item')} skipped` : '',
  ].filter((part) => part !== '')
  switch (state) {
    case 'succeeded':
      return {
        restore: 'succeeded: everything that was selected is there',
        backup: 'succeeded: all of it was read',
        init: 'succeeded',
      }[subject.kind]
    case 'partial':
      return `partial: ${lost.length === 0 ? (subject.kind === 'backup' ? 'not everything was read' : 'not everything is there') : lost.join(', ')}`
    case 'cancelled':
      return 'cancelled before its end'
    case 'interrupted':
      return 'interrupted: the agent was stopped in the middle of it'
    default:
      return state
  }
}
