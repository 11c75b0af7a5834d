import { t } from '@lingui/core/macro'
import { Button, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { UpdateStep as Step } from '../../../contract/shapes/update.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import classes from './Settings.module.css'
import { PROBLEM_WORDS } from './update-words.ts'

export interface UpdateStepProps {
  readonly step: Step
  /** Something was asked that has not begun yet. */
  readonly isAsked: boolean
  onFetch(): void
  onInstall(): void
}

/** How far the next version is: what is there, what changed, and the one thing that can be done next. */
export function UpdateStep({ step, isAsked, onFetch, onInstall }: UpdateStepProps): ReactElement | null {
  switch (step.at) {
    case 'idle':
    case 'looking':
      return null
    case 'newest':
      return <Text role="status">{t`This is the newest version.`}</Text>
    case 'failed':
      return <ErrorState description={PROBLEM_WORDS[step.problem]} />
    case 'found':
      return (
        <Offer title={t`Version ${step.version} is there`} notes={step.notes}>
          <Button loading={isAsked} onClick={onFetch}>{t`Download`}</Button>
        </Offer>
      )
    case 'fetching':
      return (
        <Offer title={t`Version ${step.version} is being fetched`} notes={step.notes}>
          <div className={classes['progress']}>
            <ProgressBar label={t`Fetching version ${step.version}`} done={step.share} />
          </div>
        </Offer>
      )
    case 'ready':
      return (
        <Offer title={t`Version ${step.version} is ready`} notes={step.notes}>
          <Button loading={isAsked} onClick={onInstall}>{t`Install and restart…`}</Button>
          <Text c="dimmed">{t`Only while no run goes on.`}</Text>
        </Offer>
      )
  }
}

interface OfferProps {
  readonly title: string
  readonly notes: string
  readonly children: ReactElement | readonly ReactElement[]
}

function Offer({ title, notes, children }: OfferProps): ReactElement {
  return (
    <Stack gap="xs">
      <Text role="status" fw={600}>
        {title}
      </Text>
      <section className={classes['bundle']} aria-label={t`What changed`}>
        {notes}
      </section>
      <Group gap="sm">{children}</Group>
    </Stack>
  )
}
