import { useHotkeys } from '@mantine/hooks'
import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useId,
  useState,
} from 'react'
import { idOf, keysOf, pressedKeys, pressOf, translateKeys } from './key-bindings.ts'
import { usePreference } from './preferences.ts'

export interface KeyBinding {
  /** The usual ones, as Mantine writes them: `r`, `/`, `mod+Enter`, `Escape`. Who works here may have chosen others. */
  readonly keys: string
  /** What it does, in a word of the code that is the same in every language: with the usual keys it names the binding. */
  readonly does: string
  /** One or two words: what the key does here. */
  readonly label: string
  /** Absent where the part that has the focus acts on the key itself and it is only to be shown. */
  readonly run?: () => void
  /** It works on every page; `quiet`: and does not stand in the footer. */
  readonly global?: 'shown' | 'quiet'
}

/** A binding as it is to be shown. */
export interface ShownKey extends KeyBinding {
  readonly id: string
  /** The usual keys; `keys` are those that it has now. */
  readonly usual: string
}

type Shown = ReadonlyMap<string, readonly KeyBinding[]>
type Place = (owner: string, bindings: readonly KeyBinding[] | null) => void

const ShownContext = createContext<Shown>(new Map())
const PlaceContext = createContext<Place | null>(null)

/** Keeps which keys work on the screen now, so that the frame can show them, and lets other keys stand for them. */
export function KeysProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [shown, setShown] = useState<Shown>(new Map())
  const place = useCallback<Place>(
    (owner, bindings) =>
      setShown((before) => {
        const after = new Map(before)
        if (bindings === null) after.delete(owner)
        else after.set(owner, bindings)
        return after
      }),
    [],
  )
  useTranslation(shown)
  return (
    <PlaceContext value={place}>
      <ShownContext value={shown}>{children}</ShownContext>
    </PlaceContext>
  )
}

/** Every key that works now, in the order in which the screen's parts named them; each once. */
export function useShownKeys(): readonly ShownKey[] {
  const custom = usePreference('keys')
  const all = [...useContext(ShownContext).values()].flat()
  return [...new Map(all.map((binding) => [idOf(binding), binding])).values()].map((binding) => ({
    ...binding,
    id: idOf(binding),
    usual: binding.keys,
    keys: keysOf(binding, custom),
  }))
}

/** The keys that something has now that usually has these; for a hint beside it. */
export function useBoundKeys(keys: string, does: string): string {
  return keysOf({ keys, does }, usePreference('keys'))
}

/**
 * Bind keys for as long as the component is on the screen, and show them in the frame. A plain key does nothing while
 * text is being entered; one with `mod` and Escape work there too.
 */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const owner = useId()
  const place = useContext(PlaceContext)
  if (place === null) throw new Error('KeysProvider is missing')
  const shown = JSON.stringify(
    bindings.map(({ keys, does, label, run, global }) => ({ keys, does, label, global, acts: run !== undefined })),
  )
  const act = useEffectEvent((at: number) => bindings[at]?.run?.())
  useEffect(() => {
    const now = JSON.parse(shown) as readonly (Omit<KeyBinding, 'run'> & { readonly acts: boolean })[]
    place(
      owner,
      now.map(({ acts, ...binding }, at) => ({ ...binding, ...(acts && { run: () => act(at) }) })),
    )
    return () => place(owner, null)
  }, [owner, place, shown])
  const bound = bindings.flatMap(({ run, ...binding }) => (run === undefined ? [] : [{ ...binding, run }]))
  useHotkeys(bound.filter((binding) => !worksInText(binding)).map(hotkey))
  useHotkeys(bound.filter(worksInText).map(hotkey), [])
}

function hotkey({
  keys,
  run,
}: {
  readonly keys: string
  run(): void
}): [string, () => void, { usePhysicalKeys: boolean }] {
  // A Mac writes another character with its Alt key: what counts there is the key itself.
  return [keys, run, { usePhysicalKeys: keys.startsWith('alt+') }]
}

function worksInText({ keys, global }: Pick<KeyBinding, 'keys' | 'global'>): boolean {
  return keys.startsWith('mod+') || keys === 'Escape' || (global !== undefined && keys.startsWith('alt+'))
}

/** Presses that stand for others, which nobody translates again. */
const made = new WeakSet<Event>()

/**
 * Keys that were chosen in the place of the usual ones are told on as these, before anything hears them. So whatever acts
 * on a key, be it a row of a table, knows of the usual ones only.
 */
function useTranslation(shown: Shown): void {
  const custom = usePreference('keys')
  const translate = useEffectEvent((event: KeyboardEvent): void => {
    const { target } = event
    if (made.has(event) || !(target instanceof HTMLElement) || target.closest('[data-takes-keys]') !== null) return
    const pressed = pressedKeys(event)
    if (pressed === null || (isText(target) && !/^(mod|alt)\+/.test(pressed))) return
    const usual = translateKeys(pressed, [...shown.values()].flat(), custom)
    if (usual === null) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (usual === 'nothing') return
    const told = new KeyboardEvent('keydown', pressOf(usual))
    made.add(told)
    target.dispatchEvent(told)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => translate(event)
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [])
}

function isText(target: HTMLElement): boolean {
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}
