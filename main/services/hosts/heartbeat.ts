import type { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'

/**
 * Milliseconds of silence after which the other side is asked whether it is there. An agent on the network gives a sign
 * of life every five seconds by itself: then nobody has to ask.
 */
const ASK_AFTER = 6000
/** Milliseconds of silence after which it is taken for dead. */
const DEAD_AFTER = 15_000
/** Milliseconds that it has for an answer in any case: who has slept, or was busy, asks late. */
const ANSWER_WITHIN = 2000
/** Milliseconds before the last look: what came while this process was busy is read meanwhile. */
const LAST_LOOK = 100

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
  let askedAt: number | undefined
  let isDue = false
  while (true) {
    const now = clock.now().getTime()
    const silence = now - heardAt()
    const wasDue = isDue
    isDue = silence >= DEAD_AFTER - LAST_LOOK
    if (silence >= ASK_AFTER && askedAt === undefined) {
      askedAt = now
      // Whatever comes is a sign of life; that nothing does is noticed here.
      const answered = (): void => {
        askedAt = undefined
      }
      ask().then(answered, answered)
    }
    const waited = now - (askedAt ?? now)
    if (silence >= DEAD_AFTER && wasDue && waited >= ANSWER_WITHIN) return
    await pauseUntil([wakes], { clock, milliseconds: nextLook(silence, waited) }, signal)
  }
}

function nextLook(silence: number, waited: number): number {
  if (silence < ASK_AFTER) return ASK_AFTER - silence
  const left = DEAD_AFTER - LAST_LOOK - silence
  return left > 0 ? Math.min(ASK_AFTER, left) : Math.max(LAST_LOOK, ANSWER_WITHIN - waited)
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
