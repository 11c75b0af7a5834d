import { t } from '@lingui/core/macro'
import { Button, Drawer, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FileName } from '../../components/FileName.tsx'
import { schemeOf, wordsOf } from './repository-address.ts'

export interface ChangeRepositoryDrawerProps {
  readonly hostId: string
  readonly repository: RepositoryView
  readonly opened: boolean
  onClose(): void
}

/** Another name or other credentials for a repository. What was typed is forgotten when the drawer closes. */
export function ChangeRepositoryDrawer({ opened, onClose, ...about }: ChangeRepositoryDrawerProps): ReactElement {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={<Text fw={650}>{t`Change ${{ repository: about.repository.name }}`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <ChangeForm {...about} onDone={onClose} />
    </Drawer>
  )
}

const UNCHANGED = { name: '', username: '', serverPassword: '', password: '' }
type Changes = typeof UNCHANGED

interface ChangeFormProps {
  readonly hostId: string
  readonly repository: RepositoryView
  onDone(): void
}

function ChangeForm({ hostId, repository, onDone }: ChangeFormProps): ReactElement {
  const client = useClient()
  const [form, setForm] = useState(UNCHANGED)
  const change = useMutation({
    mutationFn: () =>
      client.repositories.change({
        hostId,
        repositoryId: repository.id,
        name: form.name.trim() || null,
        username: form.username || null,
        serverPassword: form.serverPassword || null,
        password: form.password || null,
      }),
    onSuccess: onDone,
  })
  const isSame = Object.values(form).every((value) => value.trim() === '')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isSame && !change.isPending) change.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          <FileName name={repository.url} />
          <br />
          {t`What is left empty stays as it is. Other credentials are tried before they are kept; if they do not open the repository, those that do stay. The agent is told at once and need not be restarted.`}
        </Text>
        <ChangeFields
          repository={repository}
          form={form}
          onChange={(part) => {
            change.reset()
            setForm((before) => ({ ...before, ...part }))
          }}
        />
        <Group>
          <Button type="submit" disabled={isSame} loading={change.isPending}>{t`Test and keep`}</Button>
        </Group>
        {change.isError && <ErrorState description={describeError(change.error)} />}
      </Stack>
    </form>
  )
}

interface ChangeFieldsProps {
  readonly repository: RepositoryView
  readonly form: Changes
  onChange(part: Partial<Changes>): void
}

function ChangeFields({ repository, form, onChange }: ChangeFieldsProps): ReactElement {
  const { credentials } = wordsOf(schemeOf(repository.url))
  return (
    <>
      <TextInput
        label={t`Name`}
        data-autofocus
        placeholder={repository.name}
        maxLength={200}
        value={form.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      {credentials !== null && (
        <Group grow align="flex-start" gap="sm">
          <TextInput
            label={credentials.username}
            placeholder={repository.username ?? ''}
            value={form.username}
            onChange={(event) => onChange({ username: event.currentTarget.value })}
            autoComplete="off"
          />
          <PasswordInput
            label={credentials.password}
            value={form.serverPassword}
            onChange={(event) => onChange({ serverPassword: event.currentTarget.value })}
            autoComplete="off"
          />
        </Group>
      )}
      <PasswordInput
        label={t`Password of the repository`}
        description={t`The one that opens it now; this does not change the repository’s own keys.`}
        value={form.password}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
        autoComplete="off"
      />
    </>
  )
}
