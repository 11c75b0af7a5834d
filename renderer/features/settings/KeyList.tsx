import { Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { KeyHint } from '../../components/KeyHint.tsx'
import { idOf, isChangeable, type KeyCommand } from '../../components/key-bindings.ts'
import { useInSteps } from '../../components/use-in-steps.ts'
import { KeyChoice } from './KeyChoice.tsx'
import classes from './Settings.module.css'

export interface KeyListProps {
  readonly label: string
  readonly commands: readonly KeyCommand[]
  readonly all: readonly KeyCommand[]
  /** Says on which pages each works. */
  readonly withPages?: boolean
}

/** Keys and what they do, each with the way to other ones. */
export function KeyList({ label, commands, all, withPages = false }: KeyListProps): ReactElement {
  const drawn = useInSteps(commands.map(idOf))
  return (
    <ul className={classes['keys']} aria-label={label}>
      {commands
        .filter((command) => drawn.has(idOf(command)))
        .map((command) => (
          <li key={idOf(command)}>
            <span className={classes['action']}>
              {command.label}
              {withPages && command.pages !== 'everywhere' && (
                <Text span size="xs" c="dimmed" ml={8}>
                  {command.pages.join(', ')}
                </Text>
              )}
            </span>
            {isChangeable(command) ? (
              <KeyChoice command={command} all={all} />
            ) : (
              <span className={classes['fixed']}>
                <KeyHint keys={command.keys} />
              </span>
            )}
          </li>
        ))}
    </ul>
  )
}
