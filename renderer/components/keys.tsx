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

export interface KeyBinding {
  /** As Mantine writes them: `r`, `/`, `mod+Enter`, `Escape`. */
  readonly keys: string
  /** One or two words: what the key does here. */
  readonly label: string
  /** Absent where the part that has the focus acts on the key itself and it is only to be shown. */
  readonly run?: () => void
  /** It works on every page. */
  readonly global?: true
}

type Shown = ReadonlyMap<string, readonly KeyBinding[]>
type Place = (owner: string, bindings: readonly KeyBinding[] | null) => void

const ShownContext = createContext<Shown>(new Map())
const PlaceContext = createContext<Place | null>(null)

/** Keeps which keys work on the screen now, so that the frame can show them. */
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
  return (
    <PlaceContext value={place}>
      <ShownContext value={shown}>{children}</ShownContext>
    </PlaceContext>
  )
}

/** Every key that works now, in the order in which the screen's parts named them. */
export function useShownKeys(): readonly KeyBinding[] {
  return [...useContext(ShownContext).values()].flat()
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
    bindings.map(({ keys, label, run, global }) => ({ keys, label, global, acts: run !== undefined })),
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
  const bound = bindings.flatMap(({ keys, run }) => (run === undefined ? [] : [{ keys, run }]))
  useHotkeys(
    bound
      .filter(({ keys }) => !worksInText(keys))
      // A Mac writes another character with its Alt key: what counts there is the key itself.
      .map(({ keys, run }) => [keys, run, { usePhysicalKeys: keys.startsWith('alt+') }]),
  )
  useHotkeys(
    bound.filter(({ keys }) => worksInText(keys)).map(({ keys, run }) => [keys, run]),
    [],
  )
}

function worksInText(keys: string): boolean {
  return keys.startsWith('mod+') || keys === 'Escape'
}
