import { t } from '@lingui/core/macro'
import { Code, List, Text, TextInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import {
  type AddressParts,
  EXAMPLES,
  problemWithAddress,
  schemeOf,
  takeCredentials,
  wordsOf,
} from './repository-address.ts'

export interface AddressInputProps {
  readonly value: string
  /** Credentials that were written into the address are handed over apart from it. */
  onChange(parts: Partial<AddressParts>): void
}

/** Where the repository is, as restic takes it. What is wrong is said once the field was left, and gone while typing. */
export function AddressInput({ value, onChange }: AddressInputProps): ReactElement {
  const [left, setLeft] = useState(false)
  const problem = left && value !== '' ? problemWithAddress(value) : null
  return (
    <div>
      <TextInput
        label={t`Address`}
        description={value === '' ? t`As restic takes it with -r.` : wordsOf(schemeOf(value)).hint}
        placeholder={EXAMPLES[0] ?? ''}
        value={value}
        error={problem}
        onChange={(event) => {
          setLeft(false)
          onChange({ url: event.currentTarget.value })
        }}
        onBlur={() => {
          setLeft(true)
          const parts = takeCredentials(value)
          if (parts !== null) onChange(parts)
        }}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontVariantLigatures: 'none' } }}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
      />
      {value === '' && (
        <>
          <Text size="xs" c="dimmed" mt={6} mb={4}>{t`For example`}</Text>
          <List size="xs" listStyleType="none" spacing={3} c="dimmed">
            {EXAMPLES.map((example) => (
              <List.Item key={example}>
                <Code fz="xs">{example}</Code>
              </List.Item>
            ))}
          </List>
        </>
      )}
    </div>
  )
}
