import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Button, Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RestorePlan } from '../../../contract/shapes/restore.ts'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { formatSpan } from '../../components/format.ts'
import { useKeys } from '../../components/keys.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Section } from '../../components/SectionCard.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import { PlanActions } from './PlanActions.tsx'
import { PlanItemsTable } from './PlanItemsTable.tsx'
import { PlanTotalsBar } from './PlanTotalsBar.tsx'
import { concernsTarget } from './restore-choice.ts'
import type { PlannedRestore } from './use-restore-plan.ts'

/** The section's, so that what sends somebody there can. */
export const PLAN_SECTION = 'restore-plan'

export interface PlanSectionProps {
  readonly host: HostView
  readonly planned: PlannedRestore
  /** All of it is chosen. */
  readonly complete: boolean
  readonly number?: number
}

/** What the restore would do, item by item. Nothing is written by that. */
export function PlanSection({ host, planned, complete, number = 4 }: PlanSectionProps): ReactElement {
  const { shown, planning, error, again } = planned
  // Into a fresh folder all that is chosen is created: the list of it would only stand before the button.
  const [folds, setFolds] = useState<boolean | null>(null)
  const folded = folds ?? shown?.fresh === true
  useKeys(complete ? [{ keys: 'p', does: 'plan again', label: t`plan again`, run: again }] : [])
  return (
    <Section
      id={PLAN_SECTION}
      title={t`Plan`}
      number={number}
      disabled={!complete}
      aside={complete && <Age planned={planned} />}
    >
      {!complete ? (
        <Text c="dimmed">{t`What the restore would do is shown here, before anything is written.`}</Text>
      ) : error !== null ? (
        <PlanError error={error} again={again} />
      ) : shown === null ? (
        <Waiting host={host} planning={planning} />
      ) : (
        <Stack gap="sm">
          <PlanTotalsBar plan={shown} />
          <Text c="dimmed" size="sm">
            {expectedWords(shown)}
          </Text>
          {!folded && (
            <PlanItemsTable
              key={shown.fresh ? 'fresh' : 'over'}
              hostId={host.id}
              plan={shown}
              isStale={planned.plan === null}
              onForgotten={again}
            />
          )}
          <PlanActions hostId={host.id} plan={shown} isFolded={folded} onFold={setFolds} />
        </Stack>
      )}
    </Section>
  )
}

function Age({ planned: { plan, shown, planning, again } }: { readonly planned: PlannedRestore }): ReactElement {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8 }}>
      {planning ? (
        <StateBadge state="running">
          {shown === null ? t`planning` : t`planning again; the previous plan is below`}
        </StateBadge>
      ) : (
        plan !== null && (
          <span>
            <Trans>
              made <RelativeTime time={plan.madeAt} />
            </Trans>
          </span>
        )
      )}
      <Button variant="default" size="compact-xs" disabled={planning} onClick={again}>{t`Plan again`}</Button>
    </span>
  )
}

function Waiting({ host, planning }: { readonly host: HostView; readonly planning: boolean }): ReactElement | null {
  if (planning)
    return <LoadingRows label={t`Planning. Nothing is written by that.`} rows={4} columns="90px 2fr 80px 1fr" />
  if (host.link.state === 'connected') return null
  return (
    <Text c="dimmed">{t`${{ host: host.name }} cannot be reached now. The plan is made as soon as it is back.`}</Text>
  )
}

/** What is wrong with the folder is said at the folder. */
function PlanError({ error, again }: { readonly error: unknown; again(): void }): ReactElement {
  return concernsTarget(error) ? (
    <Text c="dimmed">{t`Choose another folder first.`}</Text>
  ) : (
    <ErrorState description={describeError(error)} onRetry={again} />
  )
}

function expectedWords({ secondsExpected }: RestorePlan): string {
  return secondsExpected === null
    ? t`How long it takes is not known: this host has restored nothing yet.`
    : t`About ${{ time: formatSpan(secondsExpected) }} at this host’s usual rate.`
}
