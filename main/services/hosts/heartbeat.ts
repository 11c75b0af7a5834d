import type { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'

/** Milliseconds of silence after which the other side is asked whether it is there, and asked again. */
export const ASK_AFTER = 5000
/** Milliseconds of silence after which it is taken for dead. */
export const DEAD_AFTER = 15_000

interface Heartbeat {
  readonly clock: Clock
  /** What has slept for an hour looks at once when it wakes. */
  readonly wakes: Pick<Changes<'wake'>, 'subscribe'>
  /** When something last came, as `Date.getTime`. */
  readonly heardAt: () => number
  /** Ask the other side for a sign of life. */
  readonly ask: () => Promise<unknown>
}

/** Resolves when nothing has come from the other side for too long; rejects with the signal's reason before. */
export async function untilSilent({ clock, wakes, heardAt, ask }: Heartbeat, signal: AbortSignal): Promise<void> {
  let asking = false
  while (true) {
    const silence = clock.now().getTime() - heardAt()
    if (silence >= DEAD_AFTER) return
    if (silence >= ASK_AFTER && !asking) {
      asking = true
      // Whatever comes is a sign of life; that nothing does is noticed here.
      const answered = (): void => void (asking = false)
      ask().then(answered, answered)
    }
    const next = silence < ASK_AFTER ? ASK_AFTER - silence : Math.min(ASK_AFTER, DEAD_AFTER - silence)
    await pauseUntil([wakes], { clock, milliseconds: next }, signal)
  }
}

type Event = Pick<Changes<string>, 'subscribe'>

/** A pause that the first of some events ends; true when one did. Rejects with the signal's reason. */
export async function pauseUntil(
  events: readonly Event[],
  { clock, milliseconds }: { readonly clock: Clock; readonly milliseconds: number },
  signal: AbortSignal,
): Promise<boolean> {
  using stack = new DisposableStack()
  const over = new AbortController()
  stack.defer(() => over.abort())
  const either = AbortSignal.any([signal, over.signal])
  const happened = events.map((event) =>
    stack
      .use(event.subscribe())
      .next(either)
      .then(() => true),
  )
  const passed = clock.pause(milliseconds, either).then(() => false)
  return await Promise.race([passed, ...happened])
}
