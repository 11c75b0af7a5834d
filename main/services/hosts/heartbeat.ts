import type { LinkTimes } from '../../../contract/shapes/link-times.ts'
import type { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'

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
  /** Looked at anew each time: what is set holds for the silence that is now. */
  readonly times: () => LinkTimes
  /** Ask the other side for a sign of life. */
  readonly ask: () => Promise<unknown>
}

/** Resolves when nothing has come from the other side for too long; rejects with the signal's reason before. */
export async function untilSilent(
  { clock, wakes, heardAt, times, ask }: Heartbeat,
  signal: AbortSignal,
): Promise<void> {
  let askedAt: number | undefined
  let isDue = false
  while (true) {
    const now = clock.now().getTime()
    const silence = now - heardAt()
    const limits = limitsOf(times())
    const wasDue = isDue
    isDue = silence >= limits.dead - LAST_LOOK
    if (silence >= limits.ask && askedAt === undefined) {
      askedAt = now
      // Whatever comes is a sign of life; that nothing does is noticed here.
      const answered = (): void => {
        askedAt = undefined
      }
      ask().then(answered, answered)
    }
    const waited = now - (askedAt ?? now)
    if (silence >= limits.dead && wasDue && waited >= ANSWER_WITHIN) return
    await pauseUntil([wakes], { clock, milliseconds: nextLook({ silence, waited, ...limits }) }, signal)
  }
}

interface Limits {
  readonly ask: number
  readonly dead: number
}

function limitsOf({ askAfter, awayAfter }: LinkTimes): Limits {
  return { ask: askAfter * 1000, dead: awayAfter * 1000 }
}

interface Silence extends Limits {
  readonly silence: number
  /** Since it was asked. */
  readonly waited: number
}

function nextLook({ silence, waited, ask, dead }: Silence): number {
  if (silence < ask) return ask - silence
  const left = dead - LAST_LOOK - silence
  return left > 0 ? Math.min(ask, left) : Math.max(LAST_LOOK, ANSWER_WITHIN - waited)
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
