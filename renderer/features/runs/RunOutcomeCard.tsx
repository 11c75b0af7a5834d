import { t } from '@lingui/core/macro'
import { Box, Group } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Run } from '../../../contract/shapes/run.ts'
import { describeFault } from '../../client/describe-fault.ts'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FactList } from '../../components/FactList.tsx'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { BoxScore } from './BoxScore.tsx'
import { backupFacts, tookFact } from './backup-facts.tsx'
import { diffFacts } from './diff-facts.tsx'
import { FurtherActions } from './FurtherActions.tsx'
import { RestoreOutcome } from './RestoreOutcome.tsx'
import type { Follower } from './run-history.ts'
import { scoredParts } from './run-words.ts'
import { verdict } from './verdict.ts'

export interface RunOutcomeCardProps {
  readonly hostId: string
  readonly run: Run
  /** The restores that follow from it. */
  readonly followers: readonly Follower[]
}

/** How a run ended: the result in words, why where it did not simply succeed, what proves it, and what may follow. */
export function RunOutcomeCard({ hostId, run, followers }: RunOutcomeCardProps): ReactElement {
  const { fault, subject } = run
  return (
    <Box flex="none">
      <SectionCard>
        <Section
          title={<StateBadge state={run.state}>{verdict(run)}</StateBadge>}
          aside={<FurtherActions hostId={hostId} run={run} followers={followers} />}
        >
          {fault !== null && fault.code !== 'cancelled' && (
            <Box mb="md">
              <ErrorState description={describeFault(fault)} />
            </Box>
          )}
          {subject.kind === 'restore' ? (
            <RestoreOutcome hostId={hostId} run={run} subject={subject} followers={followers} />
          ) : (
            <PlainOutcome run={run} />
          )}
          {subject.kind === 'backup' && subject.snapshotId !== null && (
            <Group mt="md">
              <ButtonLink
                to="/hosts/$hostId/repositories/$repositoryId/snapshots/$snapshotId"
                params={{ hostId, repositoryId: run.repositoryId, snapshotId: subject.snapshotId }}
              >{t`Browse the snapshot`}</ButtonLink>
            </Group>
          )}
          {subject.kind === 'diff' && (
            <Group mt="md">
              <ButtonLink
                to="/hosts/$hostId/repositories/$repositoryId/compare"
                params={{ hostId, repositoryId: run.repositoryId }}
                search={{ from: subject.before.snapshotId, to: subject.after.snapshotId }}
              >{t`Compare on the screen`}</ButtonLink>
            </Group>
          )}
          {subject.kind === 'init' && run.state === 'succeeded' && (
            <Group mt="md">
              <ButtonLink to="/hosts/$hostId" params={{ hostId }} search={{ repository: run.repositoryId }}>
                {subject.sample ? t`Browse the sample` : t`Open the repository`}
              </ButtonLink>
            </Group>
          )}
        </Section>
      </SectionCard>
    </Box>
  )
}

/** What became of a run that is no restore: counted, and what it has left. */
function PlainOutcome({ run }: Pick<RunOutcomeCardProps, 'run'>): ReactElement {
  const { subject, remark } = run
  return (
    <>
      <BoxScore parts={scoredParts(run)} />
      <FactList
        facts={[
          { term: t`Remark`, value: remark === '' ? null : remark },
          ...(subject.kind === 'backup' ? backupFacts(run, subject) : []),
          ...(subject.kind === 'diff' ? diffFacts(subject) : []),
          tookFact(run),
        ]}
      />
    </>
  )
}
