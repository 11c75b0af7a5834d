import { t } from '@lingui/core/macro'
/** What a key is bound to: which it usually is, and what it does. Both together name it: `idOf`. */
export interface Bindable {
  /** As Mantine writes them: `r`, `/`, `mod+Enter`. */
  readonly keys: string
  /** What it does, in a word of the code that is the same in every language. */
  readonly does: string
  /** The same as people are told. */
  readonly label: string
}

/** Keys by the identity of what they are bound to, where they are not the usual ones. */
export type CustomKeys = Readonly<Record<string, string>>

/** Keys that mean the same in every list, field and dialog, and so cannot be bound to anything else. */
const FIXED = [
  'enter',
  'space',
  'escape',
  'tab',
  'shift+tab',
  'backspace',
  'delete',
  'home',
  'end',
  'pageup',
  'pagedown',
  'arrowup',
  'arrowdown',
  'arrowleft',
  'arrowright',
]

/** What browsers and desktops do with these is stronger than a page. */
const TAKEN = ['a', 'c', 'v', 'x', 'z', 'r', 'w', 'q', 't', 'n', 'shift+t', 'shift+n', 'shift+w', 'shift+z']

/** The same for the same keys however they are written: `mod+Shift+F` is `mod+shift+f`. */
export function canonicalKeys(keys: string): string {
  const parts = keys.toLowerCase().split('+')
  const key = parts.at(-1) ?? ''
  const modifiers = ['mod', 'alt', 'shift'].filter((modifier) => parts.slice(0, -1).includes(modifier))
  return [...modifiers, key].join('+')
}

/** Names what is bound, whichever keys it has now. */
export function idOf({ keys, does }: Pick<Bindable, 'keys' | 'does'>): string {
  return `${canonicalKeys(keys)} ${does}`
}

/** Whether it may have other keys: what every list and dialog answers to may not, nor what is not one combination. */
export function isChangeable({ keys }: Pick<Bindable, 'keys'>): boolean {
  return /^[\x20-\x7e]+$/.test(keys) && !FIXED.includes(canonicalKeys(keys))
}

/** The keys that it has now. */
export function keysOf(binding: Pick<Bindable, 'keys' | 'does'>, custom: CustomKeys): string {
  return isChangeable(binding) ? (custom[idOf(binding)] ?? binding.keys) : binding.keys
}

/** What of a key press says which keys they are. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** The keys of a press as they are bound, in canonical form; null while only Shift and its like are held, or AltGr writes something. */
export function pressedKeys({ key, code, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string | null {
  if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Process', 'Unidentified'].includes(key)) return null
  const mod = ctrlKey || metaKey
  if (mod && altKey) return null
  // With Alt a Mac writes another character: what counts there is the key itself, as `useKeys` has it.
  const named = altKey && /^(Key|Digit)/.test(code) ? code.replace(/^(Key|Digit)/, '') : key
  const written = named === ' ' ? 'space' : named === '+' ? 'plus' : named.toLowerCase()
  return [mod && 'mod', altKey && 'alt', shiftKey && 'shift', written].filter(Boolean).join('+')
}

/** How a press of these keys looks to whoever listens. */
export function pressOf(keys: string): KeyboardEventInit {
  const parts = canonicalKeys(keys).split('+')
  const key = parts.at(-1) ?? ''
  const has = (modifier: string): boolean => parts.includes(modifier)
  const shift = has('shift')
  return {
    key: /^[a-z]$/.test(key) ? (shift ? key.toUpperCase() : key) : key === 'enter' ? 'Enter' : key,
    code: /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : key === 'enter' ? 'Enter' : '',
    ctrlKey: has('mod'),
    altKey: has('alt'),
    shiftKey: shift,
    bubbles: true,
    cancelable: true,
    composed: true,
  }
}

/**
 * What a press stands for among what works now: the usual keys of what these are bound to, `nothing` where what usually
 * has them was given others, null where it stands for itself.
 */
export function translateKeys(pressed: string, shown: readonly Bindable[], custom: CustomKeys): string | null {
  const bound = shown.find((binding) => canonicalKeys(keysOf(binding, custom)) === pressed)
  if (bound !== undefined) {
    const usual = canonicalKeys(bound.keys)
    return usual === pressed ? null : usual
  }
  return shown.some(({ keys }) => canonicalKeys(keys) === pressed) ? 'nothing' : null
}

/** What can be bound, and on which pages it works; on all of them where it is `everywhere`. */
export interface KeyCommand extends Bindable {
  readonly pages: readonly string[] | 'everywhere'
}

/** Why it cannot have these keys; null where it can. `all`: everything that can be bound. */
export function keyConflict(
  command: KeyCommand,
  keys: string,
  all: readonly KeyCommand[],
  custom: CustomKeys,
): string | null {
  const wanted = canonicalKeys(keys)
  if (FIXED.includes(wanted)) return t`Lists and dialogs already use this key.`
  if (wanted.startsWith('mod+') && TAKEN.includes(wanted.slice('mod+'.length)))
    return t`The system already uses these keys.`
  if (/^f\d+$/.test(wanted)) return t`The system already uses this key.`
  const other = all.find(
    (one) => idOf(one) !== idOf(command) && meet(one, command) && canonicalKeys(keysOf(one, custom)) === wanted,
  )
  if (other === undefined) return null
  if (other.pages === 'everywhere') return t`It is already “${other.label}” everywhere.`
  const pages = other.pages.join(', ')
  return t`It is already “${other.label}” on ${pages}.`
}

function meet(one: KeyCommand, other: KeyCommand): boolean {
  if (one.pages === 'everywhere' || other.pages === 'everywhere') return true
  return one.pages.some((page) => other.pages.includes(page))
}
