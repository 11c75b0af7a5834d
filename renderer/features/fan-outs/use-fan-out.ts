import type { FanOut } from '../../../contract/shapes/fan-out.ts'
import { useClient } from '../../client/client-context.tsx'
import { type Stream, useStream } from '../../client/use-stream.ts'

/** A fan-out as it is, for as long as it goes on; null before the first word of it. */
export function useFanOut(fanOutId: string): Stream<FanOut | null> {
  const client = useClient()
  return useStream<FanOut | null, FanOut>({
    key: fanOutId,
    initial: null,
    open: (signal) => client.fanOuts.follow({ fanOutId }, { signal }),
    reduce: (before, events) => events.at(-1) ?? before,
  })
}
