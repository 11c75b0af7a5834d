import { plural, t } from '@lingui/core/macro'
import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { ConflictMode, RestorePlan, Target } from '../../../contract/shapes/restore.ts'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { useNow } from '../../components/use-now.ts'
import { checksOf } from './checks.ts'
import classes from './Restore.module.css'
import type { PlannedRestore } from './use-restore-plan.ts'

export interface ChecksCardProps {
  readonly host: HostView
  readonly target: Target['kind']
  readonly conflicts: ConflictMode
  readonly planned: PlannedRestore
  /** A safety snapshot is taken first, where it is in place. */
  readonly saves: boolean
}

/** Beside the sections: what has to hold, and whether there is a way back. */
export function ChecksCard({ host, target, conflicts, planned, saves }: ChecksCardProps): ReactElement {
  const { plan, planning, error } = planned
  const now = useNow()
  return (
    <SectionCard>
      <Section title={t`Checks`}>
        <ul className={classes['checks']}>
          {checksOf({ host, target, plan, planning, error, now }).map(({ state, words, next, runId }) => (
            <li key={words} className={classes['check']}>
              <StateBadge state={state}>{words}</StateBadge>
              {next !== undefined && (
                <div className={classes['next']}>
                  {next}
                  {runId !== undefined && (
                    <>
                      {' '}
                      <Anchor
                        component={Link}
                        inherit
                        underline="always"
                        to={`/hosts/${encodeURIComponent(host.id)}/runs/${runId}`}
                      >{t`Open that run`}</Anchor>
                    </>
                  )}
                </div>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <WayBack target={target} conflicts={conflicts} plan={planned.shown} saves={saves} />
    </SectionCard>
  )
}

interface WayBackProps {
  readonly target: Target['kind']
  readonly conflicts: ConflictMode
  readonly plan: RestorePlan | null
  readonly saves: boolean
}

function WayBack({ target, conflicts, plan, saves }: WayBackProps): ReactElement {
  if (target === 'in-place' && !saves)
    return (
      <Section title={t`There is no way back`}>
        <Text
          size="sm"
          c="var(--state-failed)"
        >{t`Without a safety snapshot what is changed or deleted is lost.`}</Text>
      </Section>
    )
  if (target === 'in-place') {
    const saved = plan === null ? 0 : plan.totals.update.items + plan.totals.delete.items
    return (
      <Section title={t`You can go back`}>
        <Text size="sm" c="dimmed">
          {savedWords(saved)}{' '}
          {t`“Revert this restore” on the run’s page brings them back and removes what was created.`}
        </Text>
      </Section>
    )
  }
  if (target === 'staging' || plan?.fresh !== false)
    return (
      <Section title={t`Nothing is written over`}>
        <Text
          size="sm"
          c="dimmed"
        >{t`The files go into an empty folder. Owners are not applied: they belong to the user that the agent runs as.`}</Text>
      </Section>
    )
  const keeps = conflicts === 'never' || conflicts === 'keep-both'
  return (
    <Section title={keeps ? t`Nothing is written over` : t`There is no way back`}>
      <Text size="sm" c="dimmed">
        {keeps
          ? t`What is in the folder already stays as it is.`
          : t`The folder holds files already, and what differs is written over. A safety snapshot is taken in place only.`}{' '}
        {t`Owners are not applied.`}
      </Text>
    </Section>
  )
}

function savedWords(count: number): string {
  return count === 0
    ? t`What would be changed or deleted is saved in a safety snapshot first.`
    : plural(count, {
        one: 'The # item that would be changed or deleted is saved in a safety snapshot first.',
        other: 'The # items that would be changed or deleted are saved in a safety snapshot first.',
      })
}
