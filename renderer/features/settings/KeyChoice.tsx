import { t } from '@lingui/core/macro'
import { Button, Group, Text, VisuallyHidden } from '@mantine/core'
import { type KeyboardEvent, type ReactElement, useState } from 'react'
import { KeyHint } from '../../components/KeyHint.tsx'
import {
  canonicalKeys,
  idOf,
  type KeyCommand,
  keyConflict,
  keysOf,
  pressedKeys,
} from '../../components/key-bindings.ts'
import { changePreferences, usePreference } from '../../components/preferences.ts'
import classes from './Settings.module.css'

export interface KeyChoiceProps {
  readonly command: KeyCommand
  /** Everything that has keys, so that none are given twice. */
  readonly all: readonly KeyCommand[]
}

/** The keys of one thing, and the way to others: press the button, then the keys. What cannot be is said, and nothing changes. */
export function KeyChoice({ command, all }: KeyChoiceProps): ReactElement {
  const { custom, isTaking, conflict, bindUsual, begin, take, leave } = useKeyChoice({ command, all })
  const name = nameOf(command)
  return (
    <Group gap={6} wrap="nowrap" justify="flex-end">
      <Text role="status" size="xs" c="var(--state-failed)" className={classes['conflict'] ?? ''}>
        {conflict}
      </Text>
      {custom[idOf(command)] !== undefined && !isTaking && (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t`Usual keys for ${name}`}
          onClick={bindUsual}
        >{t`Usual`}</Button>
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
        <VisuallyHidden>
          {t`Change the keys for ${name}`}
          {': '}
        </VisuallyHidden>
        {isTaking ? t`Press keys…` : <KeyHint keys={keysOf(command, custom)} />}
      </Button>
    </Group>
  )
}

function useKeyChoice({ command, all }: KeyChoiceProps) {
  const custom = usePreference('keys')
  const [isTaking, setTaking] = useState(false)
  const [conflict, setConflict] = useState<string | null>(null)
  const bind = (keys: string | null): void => {
    const { [idOf(command)]: _, ...others } = custom
    const isUsual = keys === null || keys === canonicalKeys(command.keys)
    changePreferences({ keys: isUsual ? others : { ...others, [idOf(command)]: keys } })
  }
  const turn = (taking: boolean): void => {
    setConflict(null)
    setTaking(taking)
  }
  const take = (event: KeyboardEvent): void => {
    if (!isTaking || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return turn(false)
    const keys = pressedKeys(event.nativeEvent)
    if (keys === null) return
    const found = keyConflict(command, keys, all, custom)
    if (found !== null) return setConflict(found)
    bind(keys)
    turn(false)
  }
  return {
    custom,
    isTaking,
    conflict,
    take,
    bindUsual: () => bind(null),
    begin: () => turn(true),
    leave: () => turn(false),
  }
}

/** The same word may do two things on two pages. */
function nameOf({ label, pages }: KeyCommand): string {
  if (pages === 'everywhere' || pages.length === 0) return label
  const where = pages.join(', ')
  return t`${label} on ${where}`
}
