import { t } from '@lingui/core/macro'
import { Kbd } from '@mantine/core'
import { Fragment, type ReactElement } from 'react'

const NAMES: Readonly<Record<string, string>> = {
  mod: navigator.userAgent.includes('Mac OS') ? '⌘' : 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  escape: t`Esc`,
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
}

/** Keys as they are written on a keyboard: `mod+Enter` stands as Ctrl Enter. */
export function KeyHint({ keys }: { readonly keys: string }): ReactElement {
  // With Shift it is written: what is on the key is the sign itself.
  const written = keys === 'shift+?' ? '?' : keys
  return (
    <>
      {written.split('+').map((key, at) => (
        <Fragment key={key}>
          {at > 0 && ' '}
          <Kbd size="xs">{NAMES[key.toLowerCase()] ?? (key.length === 1 && at > 0 ? key.toUpperCase() : key)}</Kbd>
        </Fragment>
      ))}
    </>
  )
}
