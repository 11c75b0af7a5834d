import { t } from '@lingui/core/macro'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, type ReactNode, useState } from 'react'

export interface DangerFormProps {
  /** What will happen and what will not. */
  readonly children: ReactNode
  /** The name that is to be typed. */
  readonly name: string
  /** Whose name that is: `The name of the host.` */
  readonly nameOf: string
  /** Asks why, too; what was typed is handed over. */
  readonly asksReason?: boolean
  /** The button says what it does: `Remove db-01`. */
  readonly confirm: string
  readonly pending: boolean
  onConfirm(typed: string, reason: string): void
}

const SHORTEST_REASON = 3

/** What is not undone: it is done only once the name was typed of what it is done to. */
export function DangerForm(props: DangerFormProps): ReactElement {
  const { children, name, nameOf, asksReason = false, confirm, pending, onConfirm } = props
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const isReady = typed === name && (!asksReason || reason.trim().length >= SHORTEST_REASON)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady && !pending) onConfirm(typed, reason.trim())
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        <TextInput
          label={t`Type ${name}`}
          description={nameOf}
          // Masked it could not be typed.
          wrapperProps={{ 'data-unmasked': true }}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
        {asksReason && (
          <TextInput
            label={t`Why`}
            description={t`It is recorded in the audit.`}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end">
          <Button type="submit" color="red" variant="outline" disabled={!isReady} loading={pending}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
