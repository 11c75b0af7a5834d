import { useEffect, useEffectEvent, useState } from 'react'

export interface StreamOptions<S, E> {
  /** What the stream is about; a new key ends the old stream and begins with `initial`. */
  readonly key: string
  readonly initial: S
  open(signal: AbortSignal): Promise<AsyncIterable<E>>
  /** Pure: the state after some events, in order. All that arrived since the last drawing come in one batch. */
  reduce(state: S, events: readonly E[]): S
}

export interface Stream<S> {
  readonly value: S
  /** `waiting`: nothing has arrived yet. `ended`: the stream is over and `value` is final. */
  readonly state: 'waiting' | 'live' | 'ended' | 'failed'
  readonly error: unknown
  /** Open it anew from the beginning. */
  again(): void
}

/** How long events are gathered before the screen is drawn: a replay of thousands must not draw thousands of times. */
const GATHER_MILLISECONDS = 40

type Held<S> = Omit<Stream<S>, 'again'> & { readonly key: string }

/** Follow a stream for as long as the component is on the screen. */
export function useStream<S, E>(options: StreamOptions<S, E>): Stream<S> {
  const begin = useEffectEvent(() => options)
  const [attempt, setAttempt] = useState(0)
  const key = `${attempt} ${options.key}`
  const fresh: Held<S> = { key, value: options.initial, state: 'waiting', error: undefined }
  const [held, setHeld] = useState(fresh)

  useEffect(() => {
    const controller = new AbortController()
    const { initial, open, reduce } = begin()
    let current: Held<S> = { key, value: initial, state: 'waiting', error: undefined }
    let gathered: E[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const draw = (state: Stream<S>['state'], error?: unknown): void => {
      clearTimeout(timer)
      timer = undefined
      if (controller.signal.aborted) return
      const events = gathered
      gathered = []
      current = { key, value: events.length > 0 ? reduce(current.value, events) : current.value, state, error }
      setHeld(current)
    }
    const follow = async (): Promise<void> => {
      for await (const event of await open(controller.signal)) {
        gathered.push(event)
        timer ??= setTimeout(() => draw('live'), GATHER_MILLISECONDS)
      }
    }
    follow().then(
      () => draw('ended'),
      (error: unknown) => draw('failed', error),
    )
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [key])

  return { ...(held.key === key ? held : fresh), again: () => setAttempt((count) => count + 1) }
}
