import { t } from '@lingui/core/macro'
import { Button, type ButtonProps, Group, Popover, Text } from '@mantine/core'
import { type ReactElement, type ReactNode, useState } from 'react'

export interface ConfirmButtonProps extends Omit<ButtonProps, 'children'> {
  readonly children: ReactNode
  /** What will happen, said before it does. */
  readonly question: ReactNode
  /** The button that does it says what it does: `Cancel the run`. */
  readonly confirm: string
  /** The way out: `Keep it running`. */
  readonly keep?: string
  readonly onConfirm: () => void
}

/** A button that says what it will do, and does it on the second press. */
export function ConfirmButton(props: ConfirmButtonProps): ReactElement {
  const { children, question, confirm, keep = t`Keep it`, onConfirm, ...button } = props
  const [opened, setOpened] = useState(false)
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      trapFocus
      returnFocus
      withRoles
      shadow="md"
      position="bottom-end"
      width={320}
    >
      <Popover.Target>
        <Button {...button} onClick={() => setOpened(!opened)}>
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={confirm}>
        <Text size="sm">{question}</Text>
        <Group gap="xs" mt="sm" justify="flex-end">
          <Button variant="default" onClick={() => setOpened(false)}>
            {keep}
          </Button>
          <Button
            color="red"
            variant="outline"
            onClick={() => {
              setOpened(false)
              onConfirm()
            }}
          >
            {confirm}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  )
}
