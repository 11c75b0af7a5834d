import { act, renderHook, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useStream } from './use-stream.ts'

/** A stream that a test feeds by hand. */
class Feed {
  readonly opened: AbortSignal[] = []
  #push: ((event: number | 'end' | Error) => void) | undefined

  open = async (signal: AbortSignal): Promise<AsyncIterable<number>> => {
    this.opened.push(signal)
    const waiting: (number | 'end' | Error)[] = []
    let wake = (): void => undefined
    this.#push = (event) => {
      waiting.push(event)
      wake()
    }
    return (async function* () {
      for (;;) {
        const event = waiting.shift()
        if (event === 'end') return
        if (event instanceof Error) throw event
        if (event !== undefined) yield event
        else
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
    })()
  }

  push(event: number | 'end' | Error): void {
    this.#push?.(event)
  }
}

function follow(feed: Feed, key = 'one') {
  let drawings = 0
  const hook = renderHook(
    (props: { key: string }) => {
      drawings += 1
      return useStream<readonly number[], number>({
        key: props.key,
        initial: [],
        open: feed.open,
        reduce: (all, more) => [...all, ...more],
      })
    },
    { initialProps: { key } },
  )
  return { ...hook, drawings: () => drawings }
}

test('thousands of events at once are drawn a few times, in order', async () => {
  const feed = new Feed()
  const { result, drawings } = follow(feed)
  expect(result.current.state).toBe('waiting')
  await waitFor(() => expect(feed.opened).toHaveLength(1))
  act(() => {
    for (let event = 0; event < 5000; event += 1) feed.push(event)
  })
  await waitFor(() => expect(result.current.value).toHaveLength(5000))
  expect(result.current.value[4999]).toBe(4999)
  expect(result.current.state).toBe('live')
  expect(drawings()).toBeLessThan(50)
})

test('the end is shown with the last events', async () => {
  const feed = new Feed()
  const { result } = follow(feed)
  await waitFor(() => expect(feed.opened).toHaveLength(1))
  act(() => {
    feed.push(1)
    feed.push('end')
  })
  await waitFor(() => expect(result.current.state).toBe('ended'))
  expect(result.current.value).toEqual([1])
})

test('a failure keeps what was seen, and can be tried again', async () => {
  const feed = new Feed()
  const { result } = follow(feed)
  await waitFor(() => expect(feed.opened).toHaveLength(1))
  act(() => {
    feed.push(1)
    feed.push(new Error('no more'))
  })
  await waitFor(() => expect(result.current.state).toBe('failed'))
  expect(result.current).toMatchObject({ value: [1], error: { message: 'no more' } })
  act(() => result.current.again())
  await waitFor(() => expect(feed.opened).toHaveLength(2))
  expect(result.current).toMatchObject({ value: [], state: 'waiting' })
})

test('another key ends the stream and begins anew; leaving the screen ends it too', async () => {
  const feed = new Feed()
  const { result, rerender, unmount } = follow(feed)
  await waitFor(() => expect(feed.opened).toHaveLength(1))
  act(() => feed.push(1))
  await waitFor(() => expect(result.current.value).toEqual([1]))
  rerender({ key: 'two' })
  expect(result.current).toMatchObject({ value: [], state: 'waiting' })
  await waitFor(() => expect(feed.opened).toHaveLength(2))
  expect(feed.opened[0]?.aborted).toBe(true)
  unmount()
  expect(feed.opened[1]?.aborted).toBe(true)
})
