import { t } from '@lingui/core/macro'
import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type ReactElement, useRef } from 'react'
import { useKeys } from './keys.tsx'

export interface FilterInputProps {
  /** What it narrows: `Filter snapshots`. */
  readonly label: string
  readonly value: string
  onChange(value: string): void
  /** The arrow down was pressed, or Enter: on to what it narrows. */
  onDown?(): void
}

/** Narrows a list as one types. The key `/` leads to it, Escape empties it. */
export function FilterInput({ label, value, onChange, onDown }: FilterInputProps): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  useKeys([{ keys: '/', does: 'filter', label: t`filter`, run: () => input.current?.focus() }])
  return (
    <TextInput
      ref={input}
      w={220}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && value !== '') {
          // Once it is empty, the key means what it means to the page.
          event.stopPropagation()
          onChange('')
        }
        if ((event.key === 'ArrowDown' || event.key === 'Enter') && onDown !== undefined) {
          event.preventDefault()
          onDown()
        }
      }}
      leftSection={<IconSearch size={14} stroke={1.75} aria-hidden="true" />}
      rightSection={
        value !== '' && <CloseButton size="xs" aria-label={t`Clear the filter`} onClick={() => onChange('')} />
      }
    />
  )
}
