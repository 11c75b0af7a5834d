import { Button, Group, Text, VisuallyHidden } from '@mantine/core'
import { type KeyboardEvent, type ReactElement, useState } from 'react'
import {
  canonicalKeys,
  idOf,
  type KeyCommand,
  keyConflict,
  keysOf,
  pressedKeys,
} from '../../components/key-bindings.ts'
import { KeyHint } from '../../components/KeyHint.tsx'
import { changePreferences, usePreference } from '../../components/preferences.ts'
import classes from './Settings.module.css'

export interface KeyChoiceProps {
  readonly command: KeyCommand
  /** Everything that has keys, so that none are given twice. */
  readonly all: readonly KeyCommand[]
}

/** The keys of one thing, and the way to others: press the button, then the keys. What cannot be is said, and nothing changes. */
export function KeyChoice({ command, all }: KeyChoiceProps): ReactElement {
  const custom = usePreference('keys')
  const [isTaking, setTaking] = useState(false)
  const [conflict, setConflict] = useState<string | null>(null)
  const id = idOf(command)
  const bind = (keys: string | null): void => {
    const { [id]: _, ...others } = custom
    const isUsual = keys === null || keys === canonicalKeys(command.keys)
    changePreferences({ keys: isUsual ? others : { ...others, [id]: keys } })
  }
  const take = (event: KeyboardEvent): void => {
    if (!isTaking || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return setTaking(false)
    const keys = pressedKeys(event.nativeEvent)
    if (keys === null) return
    const found = keyConflict(command, keys, all, custom)
    setConflict(found)
    if (found !== null) return
    bind(keys)
    setTaking(false)
  }
  const begin = (): void => {
    setConflict(null)
    setTaking(true)
  }
  const leave = (): void => {
    setTaking(false)
    setConflict(null)
  }
  return (
    <Group gap={6} wrap="nowrap" justify="flex-end">
      <Text role="status" size="xs" c="var(--state-failed)" className={classes['conflict'] ?? ''}>
        {conflict}
      </Text>
      {custom[id] !== undefined && !isTaking && (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`Usual keys for ${nameOf(command)}`}
          onClick={() => bind(null)}
        >
          Usual
        </Button>
      )}
      <Button
        variant="default"
        size="compact-sm"
        miw={110}
        data-takes-keys={isTaking || undefined}
        data-mantine-stop-propagation={isTaking || undefined}
        onClick={begin}
        onKeyDown={take}
        onBlur={leave}
      >
        <VisuallyHidden>{`Change the keys for ${nameOf(command)}: `}</VisuallyHidden>
        {isTaking ? 'Press keys…' : <KeyHint keys={keysOf(command, custom)} />}
      </Button>
    </Group>
  )
}

/** The same word may do two things on two pages. */
function nameOf({ label, pages }: KeyCommand): string {
  return pages === 'everywhere' || pages.length === 0 ? label : `${label} on ${pages.join(', ')}`
}
