import { t } from '@lingui/core/macro'
import { TextInput } from '@mantine/core'
import type { ReactElement } from 'react'

export interface HostNameFieldProps {
  readonly value: string
  onChange(value: string): void
}

/** What a host is to be called here. */
export function HostNameField({ value, onChange }: HostNameFieldProps): ReactElement {
  return (
    <TextInput
      label={t`Name`}
      description={t`What it is called in the console. Empty: as the host calls itself.`}
      maxLength={100}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
