import { Text, Title } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import classes from './Notice.module.css'

export interface EmptyStateProps {
  /** What would be here. */
  readonly title: string
  readonly children?: ReactNode
  /** The one thing to do next. */
  readonly action?: ReactNode
}

/** Stands where a list would be when nothing is in it. */
export function EmptyState({ title, children, action }: EmptyStateProps): ReactElement {
  return (
    <div className={classes['notice']}>
      <Title order={2}>{title}</Title>
      {children !== undefined && (
        <Text size="sm" c="dimmed">
          {children}
        </Text>
      )}
      {action !== undefined && <div className={classes['actions']}>{action}</div>}
    </div>
  )
}
