import { t } from '@lingui/core/macro'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { type Confirmation, missingOf } from './in-place.ts'
import classes from './Restore.module.css'
import { SafetySnapshot } from './SafetySnapshot.tsx'
import { StartProblem } from './StartProblem.tsx'
import type { StartingRestore } from './use-start-restore.ts'

export interface InPlaceConfirmProps {
  readonly host: HostView
  /** Its name; empty while that is not known. */
  readonly workspace: string
  /** Exactly what will happen. */
  readonly words: string
  /** Why it cannot start whatever is typed; empty where the page says it already; null when it can. */
  readonly obstacle: string | null
  readonly start: StartingRestore
  /** Items that would be changed or deleted, and so are saved first. */
  readonly saves: number
  onAgain(): void
  /** As it was typed so far. */
  readonly typed: Confirmation
  onType(typed: Confirmation): void
}

/** Over original files: only with the host's name typed, and a reason. */
export function InPlaceConfirm(props: InPlaceConfirmProps): ReactElement {
  const { host, workspace, words, obstacle, start, saves, typed, onAgain, onType } = props
  const hostname = host.agent?.hostname ?? host.name
  const missing = obstacle ?? missingOf(typed, hostname)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (missing === null) start.begin({ ...typed, reason: typed.reason.trim() })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group gap="xs">
          {workspace !== '' && <span className={classes['workspace']}>{workspace}</span>}
          <Text fw={600}>{hostname}</Text>
        </Group>
        <Text aria-live="polite">{words}</Text>
        <NameAndReason hostname={hostname} typed={typed} onChange={onType} />
        <SafetySnapshot
          checked={typed.safetySnapshot}
          saves={saves}
          onChange={(safetySnapshot) => onType({ ...typed, safetySnapshot })}
        />
        <Group gap="sm">
          <Button
            type="submit"
            color="red"
            disabled={missing !== null}
            loading={start.isPending}
          >{t`Restore in place`}</Button>
          {missing !== null && missing !== '' && (
            <Text size="sm" c={obstacle === null ? 'dimmed' : 'var(--state-failed)'}>
              {missing}
            </Text>
          )}
        </Group>
        <StartProblem hostId={host.id} error={start.error} onAgain={onAgain} onSeen={start.reset} />
      </Stack>
    </form>
  )
}

interface NameAndReasonProps {
  readonly hostname: string
  readonly typed: Confirmation
  onChange(typed: Confirmation): void
}

function NameAndReason({ hostname, typed, onChange }: NameAndReasonProps): ReactElement {
  return (
    <Group gap="sm" align="flex-start">
      <TextInput
        label={t`Type ${hostname}`}
        // Masked it could not be typed.
        wrapperProps={{ 'data-unmasked': true }}
        w={220}
        value={typed.hostname}
        onChange={(event) => onChange({ ...typed, hostname: event.currentTarget.value })}
        autoComplete="off"
        spellCheck={false}
      />
      <TextInput
        label={t`Why`}
        flex={1}
        miw={220}
        maxLength={500}
        placeholder={t`It is recorded in the audit`}
        value={typed.reason}
        onChange={(event) => onChange({ ...typed, reason: event.currentTarget.value })}
      />
    </Group>
  )
}
