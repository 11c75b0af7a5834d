import { t } from '@lingui/core/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { RunSummary } from '../../../contract/shapes/run-summary.ts'
import { useClient } from '../../client/client-context.tsx'
import { ActorName } from '../../components/ActorName.tsx'
import { CountsBar } from '../../components/CountsBar.tsx'
import { type Fact, FactList } from '../../components/FactList.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatSpan } from '../../components/format.ts'
import { Section } from '../../components/SectionCard.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { Timestamp } from '../../components/Timestamp.tsx'
import { countedParts, runTitle } from './run-words.ts'

export interface KnownRunProps {
  readonly hostId: string
  readonly runId: string
}

/** What this console was told of a run, where its host cannot be asked for the rest. */
export function KnownRun({ hostId, runId }: KnownRunProps): ReactElement | null {
  const client = useClient()
  const { data } = useQuery({
    queryKey: ['known-run', hostId, runId],
    queryFn: ({ signal }) => client.runs.known({ hostId, runId }, { signal }),
  })
  if (data === undefined) return null
  return (
    <Section title={t`What is known of it here`}>
      <FactList facts={factsOf(data.run)} />
    </Section>
  )
}

function factsOf(run: RunSummary): Fact[] {
  const { subject, startedAt, endedAt, remark } = run
  const took = startedAt === null || endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
  return [
    { term: t`Run`, value: runTitle(run) },
    { term: t`State`, value: <StateBadge state={run.state} /> },
    { term: t`Started`, value: <Timestamp time={run.queuedAt} exact /> },
    { term: t`By`, value: <ActorName actor={run.startedBy} /> },
    { term: t`Took`, value: took === null ? null : formatSpan(took) },
    { term: t`Items`, value: subject.kind === 'init' ? null : <CountsBar parts={countedParts(run)} /> },
    { term: t`Target`, value: subject.kind === 'restore' ? <FileName name={subject.targetPath} /> : null },
    { term: t`Reason`, value: subject.kind === 'restore' && subject.reason !== '' ? subject.reason : null },
    { term: t`Remark`, value: remark === '' ? null : remark },
  ]
}
