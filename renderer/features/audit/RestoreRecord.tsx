import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Code, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import type { PastRestore } from '../../../contract/shapes/past-restore.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { type Fact, FactList } from '../../components/FactList.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes, formatCount, formatMoment, formatSpan } from '../../components/format.ts'
import { Timestamp } from '../../components/Timestamp.tsx'
import { countsWords, evidenceWords, SnapshotLink, TargetBadge } from '../runs/index.ts'
import classes from './Audit.module.css'
import { BeforeAndAfter } from './BeforeAndAfter.tsx'
import { KeptPlanFacts } from './KeptPlanFacts.tsx'
import { What } from './past-restore-columns.tsx'
import { MarkBadge, PROOFS, ResultBadge } from './past-restore-words.tsx'
import { Who } from './Who.tsx'

type RestoreSubject = Extract<Run['subject'], { kind: 'restore' }>

/** All that is known of one restore: how it was asked for, by which plan, what came of it, and what proves that. */
export function RestoreRecord({ restore }: { readonly restore: PastRestore }): ReactElement {
  const { hostId, id, runId, state } = restore
  const client = useClient()
  const details = useQuery({
    queryKey: ['past-restore', hostId, id, state],
    queryFn: ({ signal }) => client.pastRestores.get({ hostId, id }, { signal }),
    gcTime: 60_000,
  })
  const run = useQuery({
    queryKey: ['past-restore-run', hostId, runId, state],
    queryFn: ({ signal }) => client.runs.get({ hostId, runId: runId ?? '' }, { signal }),
    enabled: runId !== null,
    gcTime: 60_000,
  })
  const subject = run.data?.subject.kind === 'restore' ? run.data.subject : null
  const { entry = null, plan = null } = details.data ?? {}
  return (
    <Stack gap="md">
      <FactList facts={[...asked(restore, entry, subject), ...came(restore)]} />
      {runId !== null && (
        <Group>
          <ButtonLink to="/hosts/$hostId/runs/$runId" params={{ hostId, runId }}>{t`Open the run`}</ButtonLink>
        </Group>
      )}
      <Part title={t`Plan`}>
        <KeptPlanFacts
          plan={plan}
          hash={subject?.planHash ?? entry?.planHash ?? null}
          isRead={!details.isPending && (runId === null || !run.isPending)}
        />
      </Part>
      <Part title={t`Evidence`}>
        <Evidence restore={restore} />
      </Part>
      {run.isError && <ErrorState description={describeError(run.error)} onRetry={() => void run.refetch()} />}
      {run.data !== undefined && subject !== null && (
        <Part title={t`Ledger`}>
          <Text size="sm">{ledgerWords(run.data)}</Text>
        </Part>
      )}
      {run.data !== undefined && subject?.target.kind === 'in-place' && (
        <Part title={t`Before and after`}>
          <BeforeAndAfter hostId={hostId} run={run.data} safetySnapshot={subject.safetySnapshot} />
        </Part>
      )}
    </Stack>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className={classes['part']}>
      <Title order={3} mb={4}>
        {title}
      </Title>
      {children}
    </section>
  )
}

function asked(restore: PastRestore, entry: AuditEntry | null, subject: RestoreSubject | null): Fact[] {
  const { hostId, actor, at, reason, repositoryId, snapshotId, snapshotTime, target, targetPath } = restore
  return [
    { term: t`Asked`, value: <Timestamp time={at} exact /> },
    { term: t`Who`, value: <Who actor={actor} origin={entry?.origin ?? null} /> },
    { term: t`Why`, value: reason === '' ? null : t`“${reason}”` },
    { term: t`What`, value: subject === null ? <What restore={restore} /> : <Selected subject={subject} /> },
    {
      term: t`From snapshot`,
      value:
        snapshotId === null ? null : (
          <Group gap="xs">
            {repositoryId === null ? (
              <Code>{snapshotId.slice(0, 8)}</Code>
            ) : (
              <SnapshotLink hostId={hostId} repositoryId={repositoryId} snapshotId={snapshotId} />
            )}
            {snapshotTime !== null && t`of ${{ moment: formatMoment(new Date(snapshotTime)) }}`}
          </Group>
        ),
    },
    {
      term: t`Target`,
      value:
        target === null ? null : (
          <Group gap="xs">
            <TargetBadge kind={target} />
            {target === 'in-place' ? t`the original paths` : <FileName name={targetPath ?? ''} />}
          </Group>
        ),
    },
    {
      term: t`Request`,
      value: entry?.requestKey ? <Code className={classes['long'] ?? ''}>{entry.requestKey}</Code> : null,
    },
  ]
}

const SHOWN = 5

function Selected({ subject: { sources } }: { readonly subject: RestoreSubject }): ReactElement {
  const paths = sources.flatMap(({ selection }) => selection.include)
  if (paths.length === 0) return <Text size="sm">{t`only took away what was created`}</Text>
  const more = paths.length - SHOWN
  return (
    <>
      {paths.slice(0, SHOWN).map((path, at) => (
        <div key={`${at} ${path}`}>{path === '/' ? t`the whole snapshot` : <FileName name={path} />}</div>
      ))}
      {more > 0 && <div>{t`and ${{ count: formatCount(more) }} more`}</div>}
    </>
  )
}

function came(restore: PastRestore): Fact[] {
  const { endedAt, seconds, files, bytes } = restore
  const written =
    files === null
      ? null
      : `${plural(files, { one: '# file', other: '# files' })}${bytes === null ? '' : `, ${formatBytes(bytes)}`}`
  return [
    { term: t`Result`, value: <ResultBadge restore={restore} /> },
    { term: t`Ended`, value: endedAt === null ? null : <Timestamp time={endedAt} exact /> },
    { term: t`Took`, value: seconds === null ? null : formatSpan(seconds) },
    { term: t`Written`, value: written },
  ]
}

function Evidence({ restore: { proof, evidence } }: { readonly restore: PastRestore }): ReactElement {
  const { sentence } = evidenceWords(evidence, true)
  return (
    <>
      <MarkBadge mark={PROOFS[proof]} />
      <Text size="sm">
        {evidence === null ? t`Nothing was read back: nothing shows that the files match the snapshot.` : sentence}
      </Text>
      {evidence !== null && (
        <Text size="xs" c="dimmed">
          <Trans>
            by {evidence.by}, <Timestamp time={evidence.at} exact />
          </Trans>
        </Text>
      )}
    </>
  )
}

function ledgerWords({ counts }: Run): string {
  const words = countsWords(counts)
  return words === '' ? t`No item was touched.` : `${words}.`
}
