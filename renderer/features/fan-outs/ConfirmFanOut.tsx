import { plural, t } from '@lingui/core/macro'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { type FanOutConfirmation, fanOutPhrase } from '../../../contract/shapes/fan-out.ts'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { formatCount } from '../../components/format.ts'
import { Section } from '../../components/SectionCard.tsx'
import { spokenLanguage } from '../../language/spoken.ts'
import { SafetySnapshot, useWorkspace } from '../restore/index.ts'

export interface ConfirmFanOutProps {
  /** The names of the hosts that it would be done on. */
  readonly names: readonly string[]
  readonly inPlace: boolean
  /** Items that would be changed or deleted on them, and so are saved first. */
  readonly saves: number
  /** Why it cannot start, in a sentence; null when it can. */
  readonly obstacle: string | null
  readonly isPending: boolean
  readonly error: unknown
  onStart(confirmation: FanOutConfirmation | null): void
}

const SHORTEST_REASON = 3
const NAMED = 12

/** The word to do it; over original files of several hosts only with a phrase typed, and a reason. */
export function ConfirmFanOut(props: ConfirmFanOutProps): ReactElement {
  const { names, inPlace, saves, obstacle, isPending, error, onStart } = props
  const workspace = useWorkspace()
  const [typed, setTyped] = useState<FanOutConfirmation>({ phrase: '', reason: '', safetySnapshot: true })
  const phrase = fanOutPhrase(names.length, spokenLanguage())
  const missing = obstacle ?? (inPlace ? missingOf(typed, phrase) : null)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (missing !== null || isPending) return
    onStart(inPlace ? { ...typed, reason: typed.reason.trim() } : null)
  }
  return (
    <Section
      number={4}
      title={
        inPlace
          ? plural(names.length, {
              one: 'In place on # host: this changes files people are using',
              other: 'In place on # hosts: this changes files people are using',
            })
          : t`Confirm`
      }
      danger={inPlace}
      tint={inPlace ? (workspace?.color ?? 'var(--accent)') : undefined}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text>{namesOf(names)}</Text>
          {inPlace && <Phrase typed={typed} phrase={phrase} saves={saves} onChange={setTyped} />}
          <Group gap="sm">
            <Button
              type="submit"
              {...(inPlace ? { color: 'red' } : {})}
              disabled={missing !== null}
              loading={isPending}
            >
              {inPlace
                ? plural(names.length, { one: 'Restore in place on # host', other: 'Restore in place on # hosts' })
                : plural(names.length, { one: 'Restore on # host', other: 'Restore on # hosts' })}
            </Button>
            {missing !== null && (
              <Text size="sm" c="dimmed">
                {missing}
              </Text>
            )}
          </Group>
          {error !== null && <ErrorState description={describeError(error)} />}
        </Stack>
      </form>
    </Section>
  )
}

interface PhraseProps {
  readonly typed: FanOutConfirmation
  readonly phrase: string
  readonly saves: number
  onChange(typed: FanOutConfirmation): void
}

function Phrase({ typed, phrase, saves, onChange }: PhraseProps): ReactElement {
  return (
    <>
      <Group gap="sm" align="flex-start">
        <TextInput
          label={t`Type “${phrase}”`}
          w={360}
          value={typed.phrase}
          onChange={(event) => onChange({ ...typed, phrase: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
        />
        <TextInput
          label={t`Why`}
          flex={1}
          miw={220}
          maxLength={500}
          placeholder={t`It is recorded in the audit of each host`}
          value={typed.reason}
          onChange={(event) => onChange({ ...typed, reason: event.currentTarget.value })}
        />
      </Group>
      <SafetySnapshot
        onEach
        checked={typed.safetySnapshot}
        saves={saves}
        onChange={(safetySnapshot) => onChange({ ...typed, safetySnapshot })}
      />
    </>
  )
}

function missingOf({ phrase, reason }: FanOutConfirmation, wanted: string): string | null {
  if (phrase === '') return t`Type “${wanted}”.`
  if (phrase !== wanted) return t`That is not “${wanted}”.`
  return reason.trim().length < SHORTEST_REASON ? t`Say why. It is recorded in the audit.` : null
}

function namesOf(names: readonly string[]): string {
  if (names.length === 0) return t`No host is planned yet.`
  const [named, more] = [names.slice(0, NAMED).join(', '), names.length - NAMED]
  return more > 0 ? t`${named} and ${{ count: formatCount(more) }} more` : named
}
