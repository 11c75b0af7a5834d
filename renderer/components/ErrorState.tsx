import { t } from '@lingui/core/macro'
import { Button, Code, Text, Title } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import classes from './Notice.module.css'

export interface ErrorStateProps {
  /** The sentences, as `describeError` of the client gives them. */
  readonly description: {
    readonly title: string
    readonly explanation: string
    readonly nextStep: string
    readonly detail?: string
  }
  /** Offers "Try again". */
  readonly onRetry?: () => void
  readonly action?: ReactNode
}

/** Stands where the data would be: what is so, why, and one next step. */
export function ErrorState({ description, onRetry, action }: ErrorStateProps): ReactElement {
  const { title, explanation, nextStep, detail } = description
  return (
    <div className={classes['notice']} role="alert" data-kind="error">
      <Title order={2}>{title}</Title>
      <Text size="sm">{explanation}</Text>
      <Text size="sm" c="dimmed">
        {nextStep}
      </Text>
      {detail !== undefined && (
        <Code block className={classes['detail'] ?? ''} tabIndex={0}>
          {detail}
        </Code>
      )}
      {(onRetry !== undefined || action !== undefined) && (
        <div className={classes['actions']}>
          {onRetry !== undefined && <Button variant="default" onClick={onRetry}>{t`Try again`}</Button>}
          {action}
        </div>
      )}
    </div>
  )
}
