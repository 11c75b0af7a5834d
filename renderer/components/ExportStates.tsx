import { t } from '@lingui/core/macro'
import { Button, type ButtonProps, Group, Text } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

export interface ExportStatesProps {
  /** How far it is, `Reading 40 %`; null while nothing is read. */
  readonly reading: string | null
  /** Why it failed; null where it did not. */
  readonly failed: string | null
  readonly size?: ButtonProps['size']
  /** What begins it. */
  readonly children: ReactNode
  onStop(): void
  onDismiss(): void
}

/** What begins an export; while it is read, how far it is and a way to stop; why it failed. */
export function ExportStates(props: ExportStatesProps): ReactElement {
  const { reading, failed, size, children, onStop, onDismiss } = props
  const button = { variant: 'default', ...(size === undefined ? {} : { size }) } as const
  if (reading !== null)
    return (
      <Group gap="xs" wrap="nowrap">
        <Text size="xs" c="dimmed" role="status">
          {reading}
        </Text>
        <Button {...button} onClick={onStop}>{t`Stop`}</Button>
      </Group>
    )
  if (failed !== null)
    return (
      <Group gap="xs" wrap="nowrap">
        <Text size="xs" c="var(--state-failed)" role="alert">
          {failed}
        </Text>
        <Button {...button} onClick={onDismiss}>{t`Dismiss`}</Button>
      </Group>
    )
  return <>{children}</>
}
