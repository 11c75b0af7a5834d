import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Anchor, Code, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import type { FurtherRestore } from '../../../contract/shapes/restore.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import type { Fact } from '../../components/FactList.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { Timestamp } from '../../components/Timestamp.tsx'
import { evidenceWords } from './evidence-words.ts'
import type { Follower, RestoreSubject } from './run-history.ts'
import { SnapshotLink } from './SnapshotLink.tsx'

export interface Proven {
  readonly hostId: string
  readonly run: Run
  readonly subject: RestoreSubject
  readonly followers: readonly Follower[]
  readonly proof: AuditEntry['proof']
}

const FOLLOWS: Readonly<Record<FurtherRestore['kind'], string>> = {
  resume: t`Resumes`,
  retry: t`Retries`,
  revert: t`Reverts`,
}
const FOLLOWED: Readonly<Record<FurtherRestore['kind'], string>> = {
  resume: t`resumed by`,
  retry: t`retried by`,
  revert: t`reverted by`,
}

/** What shows that it was done as it was planned, what leads back, and which runs belong to it. */
export function proofFacts({ hostId, run, subject, followers, proof }: Proven): Fact[] {
  const { follows, planHash } = subject
  return [
    { term: t`Evidence`, value: <EvidenceSaid subject={subject} /> },
    {
      term: t`Safety snapshot`,
      value: subject.target.kind === 'in-place' ? <Safety hostId={hostId} run={run} subject={subject} /> : null,
    },
    { term: t`Plan`, value: planHash === null ? null : <Code title={planHash}>{planHash.slice(0, 16)}</Code> },
    { term: t`Done with`, value: proof === null ? null : versions(proof) },
    {
      term: follows === null ? t`Follows` : FOLLOWS[follows.kind],
      value: follows === null ? null : <RunLink hostId={hostId} runId={follows.runId} />,
    },
    {
      term: t`Followed by`,
      value: followers.length === 0 ? null : <Followers hostId={hostId} followers={followers} />,
    },
  ]
}

function versions({ restic, agent }: NonNullable<AuditEntry['proof']>): string | null {
  const parts = [restic === '' ? '' : t`restic ${restic}`, agent === '' ? '' : t`agent ${agent}`]
  return parts.filter((part) => part !== '').join(', ') || null
}

function EvidenceSaid({ subject: { evidence, readBack } }: Pick<Proven, 'subject'>): ReactElement {
  const { state, word, sentence } = evidenceWords(evidence, readBack)
  return (
    <>
      <StateBadge state={state}>{word}</StateBadge>
      <Text size="sm">{sentence}</Text>
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

function Safety({
  hostId,
  run,
  subject: { safetySnapshot },
}: Pick<Proven, 'hostId' | 'run' | 'subject'>): ReactElement {
  if (safetySnapshot === 'wanted') return <>{t`wanted, and not made: it ended before`}</>
  if (safetySnapshot === null)
    return <>{run.counts.updated + run.counts.deleted > 0 ? t`none was taken` : t`none: nothing was there to save`}</>
  return (
    <Group gap="xs">
      <SnapshotLink hostId={hostId} repositoryId={run.repositoryId} snapshotId={safetySnapshot} />
      <Text span c="dimmed">{t`holds what was there before`}</Text>
    </Group>
  )
}

function Followers({ hostId, followers }: Pick<Proven, 'hostId' | 'followers'>): ReactElement {
  return (
    <>
      {followers.map(({ run, kind }) => (
        <Group key={run.id} gap="xs">
          {FOLLOWED[kind]} <RunLink hostId={hostId} runId={run.id} /> <StateBadge state={run.state} />
        </Group>
      ))}
    </>
  )
}

function RunLink({ hostId, runId }: { readonly hostId: string; readonly runId: string }): ReactElement {
  return (
    <Anchor
      ff="monospace"
      fz="sm"
      renderRoot={(props) => <Link {...props} to="/hosts/$hostId/runs/$runId" params={{ hostId, runId }} />}
    >
      {runId}
    </Anchor>
  )
}
