import { t } from '@lingui/core/macro'
import { Group, PasswordInput, Textarea, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { isS3, readRules, type TypedAccess } from './typed-access.ts'

export interface StorageFieldsProps {
  readonly typed: TypedAccess
  onChange(typed: TypedAccess): void
}

type Key = Exclude<keyof TypedAccess, 'rules'>

const SEEN = { 'aria-label': t`Show it` } as const
/** Rules as an example; they are written alike in every language. */
const RULES = 'tag pg = postgres\npath /var/lib/postgresql = postgres'

/** What the storage asks for, by what the address says it is; and how the types of snapshots are told apart. */
export function StorageFields({ typed, onChange }: StorageFieldsProps): ReactElement {
  const field = (key: Key) => ({
    value: typed[key],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ ...typed, [key]: event.currentTarget.value }),
    autoComplete: 'off',
    spellCheck: false,
  })
  return (
    <>
      {isS3(typed.url) ? (
        <>
          <Group grow align="flex-start" gap="sm">
            <TextInput label={t`Access key id`} {...field('accessKeyId')} />
            <PasswordInput
              label={t`Secret access key`}
              visibilityToggleButtonProps={SEEN}
              {...field('secretAccessKey')}
            />
          </Group>
          <Group grow align="flex-start" gap="sm">
            <TextInput label={t`Region`} placeholder="us-east-1" {...field('region')} />
            <TextInput label={t`STS endpoint`} placeholder={t`AWS’s own`} {...field('stsEndpoint')} />
          </Group>
          <TextInput
            label={t`Role for consumers`}
            description={t`With a role, consumers get S3 credentials of their own that can only read; without, they read through the plane’s gateway.`}
            placeholder="arn:aws:iam::…:role/…"
            {...field('roleArn')}
          />
        </>
      ) : (
        <Group grow align="flex-start" gap="sm">
          <TextInput label={t`User at the server`} {...field('username')} />
          <PasswordInput
            label={t`Password at the server`}
            visibilityToggleButtonProps={SEEN}
            {...field('serverPassword')}
          />
        </Group>
      )}
      <Textarea
        label={t`Types of snapshots`}
        description={t`One rule in a line, the first that matches counts: “tag NAME = TYPE” or “path /PATH = TYPE”. What none matches is of the type files.`}
        placeholder={RULES}
        rows={3}
        value={typed.rules}
        error={readRules(typed.rules).problem}
        onChange={(event) => onChange({ ...typed, rules: event.currentTarget.value })}
        spellCheck={false}
      />
    </>
  )
}
