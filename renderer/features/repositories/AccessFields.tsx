import { t } from '@lingui/core/macro'
import { Button, Group, PasswordInput, TextInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { AddressInput } from './AddressInput.tsx'
import { MadePassword } from './MadePassword.tsx'
import { type SchemeWords, schemeOf, suggestName, wordsOf } from './repository-address.ts'
import { makeServerPassword } from './server-password.ts'
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
      {credentials !== null && <ServerFields form={form} onChange={onChange} words={credentials} />}
      <PasswordInput
        label={t`Password of the repository`}
        description={t`What restic encrypts it with; RESTIC_PASSWORD in scripts.`}
        value={form.password}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        label={t`Name`}
        description={t`What it is called in the console.`}
        placeholder={suggestName(form.url) || t`Laptop`}
        value={form.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
    </>
  )
}

interface ServerFieldsProps extends AccessFieldsProps {
  readonly words: NonNullable<SchemeWords['credentials']>
}

/** The server's own user and password. A REST server's may be made here, for there its users are a file of ours to write. */
function ServerFields({ form, onChange, words }: ServerFieldsProps): ReactElement {
  const [made, setMade] = useState<string | null>(null)
  const makes = schemeOf(form.url) === 'rest' && form.username !== '' && form.serverPassword === ''
  const make = (): void => {
    const serverPassword = makeServerPassword()
    setMade(serverPassword)
    onChange({ serverPassword })
  }
  return (
    <>
      <Group grow align="flex-start" gap="sm">
        <TextInput
          label={words.username}
          description={t`Leave empty if none is needed`}
          value={form.username}
          onChange={(event) => onChange({ username: event.currentTarget.value })}
          autoComplete="off"
        />
        <PasswordInput
          label={words.password}
          description={t`Leave empty if none is needed`}
          value={form.serverPassword}
          onChange={(event) => onChange({ serverPassword: event.currentTarget.value })}
          autoComplete="off"
        />
      </Group>
      {makes && (
        <Group gap="xs">
          <Button variant="default" size="compact-xs" onClick={make}>{t`Make one`}</Button>
          <span>{t`for a user whom the server does not know yet`}</span>
        </Group>
      )}
      {made !== null && made === form.serverPassword && <MadePassword username={form.username} password={made} />}
    </>
  )
}
