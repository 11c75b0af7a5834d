import { Kbd } from '@mantine/core'
import { Fragment, type ReactElement } from 'react'

const NAMES: Readonly<Record<string, string>> = {
  mod: navigator.userAgent.includes('Mac OS') ? '⌘' : 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
}

/** Keys as they are written on a keyboard: `mod+Enter` stands as Ctrl Enter. */
export function KeyHint({ keys }: { readonly keys: string }): ReactElement {
  return (
    <>
      {keys.split('+').map((key, at) => (
        <Fragment key={key}>
          {at > 0 && ' '}
          <Kbd size="xs">{NAMES[key.toLowerCase()] ?? key}</Kbd>
        </Fragment>
      ))}
    </>
  )
}
