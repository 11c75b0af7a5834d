import { Group, PasswordInput, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { AddressInput } from './AddressInput.tsx'
import { schemeOf, suggestName, wordsOf } from './repository-address.ts'
import type { RepositoryForm } from './tested-access.ts'

export interface AccessFieldsProps {
  readonly form: RepositoryForm
  onChange(part: Partial<RepositoryForm>): void
}

/** The fields of a repository; those for the server's credentials only where the place takes some. */
export function AccessFields({ form, onChange }: AccessFieldsProps): ReactElement {
  const { credentials } = wordsOf(schemeOf(form.url))
  return (
    <>
      <AddressInput value={form.url} onChange={onChange} />
      {credentials !== null && (
        <Group grow align="flex-start" gap="sm">
          <TextInput
            label={credentials.username}
            description="Empty where none is asked for"
            value={form.username}
            onChange={(event) => onChange({ username: event.currentTarget.value })}
            autoComplete="off"
          />
          <PasswordInput
            label={credentials.password}
            description="Empty where none is asked for"
            value={form.serverPassword}
            onChange={(event) => onChange({ serverPassword: event.currentTarget.value })}
            autoComplete="off"
          />
        </Group>
      )}
      <PasswordInput
        label="Password of the repository"
        description="What restic encrypts it with; RESTIC_PASSWORD in scripts."
        value={form.password}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        label="Name"
        description="What it is called in the console."
        placeholder={suggestName(form.url) || 'Laptop'}
        value={form.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
    </>
  )
}
