import { t } from '@lingui/core/macro'
import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, type ReactNode } from 'react'
import { isFault } from '../../../../contract/errors.ts'
import type { Declaration, Replica } from '../../../../contract/shapes/replica.ts'
import { describeError } from '../../../client/describe-fault.ts'
import { ErrorState } from '../../../components/ErrorState.tsx'
import { ObstructedButton } from '../../../components/ObstructedButton.tsx'
import { useNow } from '../../../components/use-now.ts'
import { obstacleAt, SafetyMode } from '../../planes/index.ts'
import classes from '../Replicas.module.css'
import type { Known } from '../use-replicas.ts'
import { boundProblem, type Draft } from './draft.ts'
import { IntentFields } from './IntentFields.tsx'
import { PreviewPane } from './PreviewPane.tsx'
import { ScopeFields } from './ScopeFields.tsx'
import type { ReadDraft } from './use-draft.ts'

export interface DeclarationFormProps {
  readonly known: Known
  readonly read: ReadDraft
  /** The one that is changed; null for a new one. */
  readonly self: Replica | null
  readonly isPending: boolean
  readonly error: unknown
  /** Stands before the fields: what somebody else has changed. */
  readonly notice?: ReactNode
  /** Nothing is sent before what the notice says was decided. */
  readonly isHeld?: boolean
  onChange(draft: Draft): void
  onSubmit(declaration: Declaration): void
  /** Look at a replica that is there already. */
  onShow(replica: Replica): void
}

/** A declaration: what it is, beside what it would come to. */
export function DeclarationForm(props: DeclarationFormProps): ReactElement {
  const { known, read, self, notice, onChange, onSubmit, isPending, isHeld = false } = props
  const { declaration, draft } = read
  const plane = known.planes.find(({ id }) => id === draft.planeId)
  const obstacle = obstacleAt(plane, 'write', useNow())
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (declaration !== null && obstacle === null && !isPending && !isHeld) onSubmit(declaration)
  }
  return (
    <form onSubmit={submit} className={classes['form']}>
      <Stack gap="md">
        {notice}
        <ScopeFields known={known} read={read} isEdit={self !== null} onChange={onChange} />
        <IntentFields known={known} read={read} onChange={onChange} />
        <NameAndBound {...props} />
        {self !== null && (
          <Switch
            size="xs"
            label={t`Enabled`}
            checked={draft.enabled}
            onChange={(event) => onChange({ ...draft, enabled: event.currentTarget.checked })}
          />
        )}
        <Refusal {...props} />
        <Submit {...props} obstacle={draft.planeId === null ? null : obstacle} isHeld={isHeld} />
        {plane !== undefined && <SafetyMode plane={plane} />}
      </Stack>
      <PreviewPane known={known} read={read} self={self} />
    </form>
  )
}

function NameAndBound({ read: { draft, twin }, onChange, onShow }: DeclarationFormProps): ReactElement {
  return (
    <Group grow gap="sm" align="flex-start">
      <TextInput
        label={t`Name`}
        description={t`One for each consumer.`}
        maxLength={100}
        value={draft.name}
        error={twin === null ? undefined : t`This consumer has one of that name.`}
        onChange={({ currentTarget: { value } }) => onChange({ ...draft, name: value, isNameTyped: value !== '' })}
        rightSectionWidth={twin === null ? 0 : 92}
        rightSection={
          twin !== null && (
            <Button variant="subtle" size="compact-xs" onClick={() => onShow(twin)}>{t`Look at it`}</Button>
          )
        }
        autoComplete="off"
        spellCheck={false}
      />
      <TextInput
        label={t`Overdue after`}
        description={t`Empty for never.`}
        placeholder="1d 12h"
        value={draft.overdueAfter}
        error={boundProblem(draft.overdueAfter)}
        onChange={({ currentTarget: { value } }) => onChange({ ...draft, overdueAfter: value })}
        autoComplete="off"
        spellCheck={false}
      />
    </Group>
  )
}

/** What the plane said no to, with the way to what is in the way. */
function Refusal({ error, known, read, self, onShow }: DeclarationFormProps): ReactElement | null {
  if (!error || (isFault(error, 'conflict') && error.data.what === 'replica_changed')) return null
  const twin = isFault(error, 'conflict')
    ? (known.board.replicas.find(({ id }) => id === error.data.detail && id !== self?.id) ?? read.twin)
    : null
  const name = twin?.declaration.name ?? ''
  return (
    <ErrorState
      description={describeError(error)}
      action={
        twin !== null && (
          <Button variant="default" onClick={() => onShow(twin)}>
            {t`Look at ${name}`}
          </Button>
        )
      }
    />
  )
}

interface SubmitProps extends DeclarationFormProps {
  readonly obstacle: string | null
  readonly isHeld: boolean
}

function Submit({ read, self, isPending, obstacle, isHeld }: SubmitProps): ReactElement {
  const words = self === null ? t`Declare it` : t`Save the change`
  const missing = read.missing ?? (isHeld ? t`First decide what to keep.` : null)
  if (obstacle !== null && missing === null)
    return (
      <Group>
        <ObstructedButton obstacle={obstacle} onClick={() => undefined}>
          {words}
        </ObstructedButton>
        <Text size="sm" c="dimmed">
          {obstacle}
        </Text>
      </Group>
    )
  return (
    <Group gap="sm">
      <Button type="submit" disabled={missing !== null || read.twin !== null} loading={isPending}>
        {words}
      </Button>
      {missing !== null && (
        <Text size="sm" c="dimmed">
          {missing}
        </Text>
      )}
    </Group>
  )
}
