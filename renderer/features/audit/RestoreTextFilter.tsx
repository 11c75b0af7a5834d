import { t } from '@lingui/core/macro'
import { useDebouncedCallback } from '@mantine/hooks'
import { type ReactElement, useState } from 'react'
import { FilterInput } from '../../components/FilterInput.tsx'

const TYPING_MILLISECONDS = 200

export interface RestoreTextFilterProps {
  /** As it stands in the address. */
  readonly text: string
  onChange(text: string): void
}

/** What was typed stands in the address a moment later: a list of many restores is not read for each letter. */
export function RestoreTextFilter({ text, onChange }: RestoreTextFilterProps): ReactElement {
  const [typed, setTyped] = useState(text)
  const [told, setTold] = useState(text)
  // A view that was chosen, or a step back in the history, brings another text.
  if (text !== told) {
    setTold(text)
    setTyped(text)
  }
  const commit = useDebouncedCallback((next: string) => {
    setTold(next)
    onChange(next)
  }, TYPING_MILLISECONDS)
  return (
    <FilterInput
      label={t`Filter`}
      value={typed}
      onChange={(next) => {
        setTyped(next)
        commit(next)
      }}
    />
  )
}
