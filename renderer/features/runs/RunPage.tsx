import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Flex, Paper, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { isEnded, type Run } from '../../../contract/shapes/run.ts'
import { describeError } from '../../client/describe-fault.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { ActorName } from '../../components/ActorName.tsx'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { Timestamp } from '../../components/Timestamp.tsx'
import { useTrail } from '../../components/trail.tsx'
import { useInTurn } from '../../components/use-in-turn.ts'
import { CancelRun } from './CancelRun.tsx'
import { KnownRun } from './KnownRun.tsx'
import { RunAnnouncement } from './RunAnnouncement.tsx'
import { RunLedger } from './RunLedger.tsx'
import { RunLog } from './RunLog.tsx'
import { RunOutcomeCard } from './RunOutcomeCard.tsx'
import { RunProgressCard } from './RunProgressCard.tsx'
import type { RunView } from './run-view.ts'
import { runTitle } from './run-words.ts'
import { TargetBadge } from './TargetBadge.tsx'
import { useRun } from './use-run.ts'
import { useFollowers, useUsualRate } from './use-run-history.ts'

export interface RunPageProps {
  readonly hostId: string
  readonly runId: string
}

/** One run, live or over: whoever opens it late, or again, sees what one who watched has seen. */
export function RunPage({ hostId, runId }: RunPageProps): ReactElement {
  const host = useHost(hostId)
  const { run, view, state, error, again } = useRun(hostId, runId)
  const followers = useFollowers(hostId, runId)
  const usual = useUsualRate(hostId)
  const what = run === null ? t`Run` : runTitle(run)
  const title = t`${what} on ${{ host: host?.name ?? hostId }}`
  useTrail([{ label: t`Runs`, path: '/runs' }, { label: title }])
  if (run === null)
    return (
      <Page title={title}>
        <SectionCard>
          {state === 'failed' ? (
            <>
              <ErrorState
                description={describeError(error)}
                onRetry={again}
                action={<ButtonLink to="/runs" variant="default">{t`All runs`}</ButtonLink>}
              />
              <KnownRun hostId={hostId} runId={runId} />
            </>
          ) : (
            <LoadingRows label={t`Loading the run`} columns="120px 2fr 1fr" />
          )}
        </SectionCard>
      </Page>
    )
  return (
    <Page
      title={title}
      about={<About run={run} />}
      actions={(run.state === 'running' || run.state === 'queued') && <CancelRun hostId={hostId} run={run} />}
      fill
    >
      <RunAnnouncement key={run.id} run={run} />
      {state === 'failed' && (
        <Paper flex="none">
          <ErrorState description={describeError(error)} onRetry={again} />
        </Paper>
      )}
      {isEnded(run.state) ? (
        <RunOutcomeCard hostId={hostId} run={run} followers={followers} />
      ) : (
        <RunProgressCard hostId={hostId} run={run} rates={view.rates} usual={usual} />
      )}
      <LedgerAndLog hostId={hostId} run={run} lines={view.log} />
    </Page>
  )
}

interface LedgerAndLogProps {
  readonly hostId: string
  readonly run: Run
  readonly lines: RunView['log']
}

/** Side by side, or one below the other; their room is there before they are. */
function LedgerAndLog({ hostId, run, lines }: LedgerAndLogProps): ReactElement {
  const drawn = useInTurn(2)
  return (
    <Flex gap={12} flex={1} mih={{ base: 560, md: 320 }} direction={{ base: 'column', md: 'row' }}>
      {(run.subject.kind === 'restore' || run.subject.kind === 'backup') && (
        <Flex direction="column" gap={8} flex={2} mih={0} miw={0}>
          {drawn > 0 && <RunLedger hostId={hostId} run={run} />}
        </Flex>
      )}
      <Flex flex={1} mih={0} miw={0}>
        {drawn > 1 && <RunLog runId={run.id} lines={lines} live={!isEnded(run.state)} />}
      </Flex>
    </Flex>
  )
}

function About({ run }: { readonly run: Run }): ReactElement {
  return (
    <>
      <StateBadge state={run.state} />
      {run.subject.kind === 'restore' && <TargetBadge kind={run.subject.target.kind} />}
      <Text span c="dimmed">
        <Trans>
          started <Timestamp time={run.queuedAt} exact /> by <ActorName actor={run.startedBy} />
        </Trans>
      </Text>
    </>
  )
}
