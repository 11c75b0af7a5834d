import { Group, Text } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import classes from './Preview.module.css'

export interface PreviewBarProps {
  /** What is shown, in a few words each. */
  readonly facts: readonly string[]
  readonly children?: ReactNode
}

/** What the file is, and the switches for how it is shown. */
export function PreviewBar({ facts, children }: PreviewBarProps): ReactElement {
  return (
    <div className={classes['bar']}>
      <Text size="xs" c="dimmed">
        {facts.join(' · ')}
      </Text>
      <Group gap="xs" wrap="nowrap" ml="auto">
        {children}
      </Group>
    </div>
  )
}
