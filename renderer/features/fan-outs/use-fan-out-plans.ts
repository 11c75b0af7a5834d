import { useEffect, useEffectEvent, useState } from 'react'
import type { FanOutPlan } from '../../../contract/shapes/fan-out.ts'
import type { NewRestore } from '../../../contract/shapes/restore.ts'
import { useClient } from '../../client/client-context.tsx'

export interface PlansAsked {
  readonly hostId: string
  readonly request: NewRestore
  readonly hostIds: readonly string[]
}

export interface FanOutPlans {
  /** By host; those that have not answered yet are not there. */
  readonly plans: ReadonlyMap<string, FanOutPlan>
  /** The hosts that were asked. */
  readonly asked: readonly string[]
  readonly isPlanning: boolean
  readonly error: unknown
  /** Ask these hosts; what others were asked before is forgotten. */
  ask(asked: PlansAsked): void
}

interface Held {
  readonly asked: PlansAsked | null
  readonly plans: ReadonlyMap<string, FanOutPlan>
  readonly isPlanning: boolean
  readonly error: unknown
}

const NOTHING: Held = { asked: null, plans: new Map(), isPlanning: false, error: null }

/** What a restore would do on each of some hosts, asked for when somebody wants it. Another `request` forgets all of it. */
export function useFanOutPlans(request: NewRestore): FanOutPlans {
  const client = useClient()
  const [asked, setAsked] = useState<PlansAsked | null>(null)
  const [held, setHeld] = useState(NOTHING)
  const begin = useEffectEvent((wanted: PlansAsked, signal: AbortSignal) =>
    client.fanOuts.plan({ ...wanted, hostIds: [...wanted.hostIds] }, { signal }),
  )
  useEffect(() => {
    if (asked === null) return
    const stop = new AbortController()
    let now: Held = { ...NOTHING, asked, isPlanning: true }
    const show = (change: Partial<Held>): void => {
      if (stop.signal.aborted) return
      now = { ...now, ...change }
      setHeld(now)
    }
    const follow = async (): Promise<void> => {
      show({})
      for await (const plan of await begin(asked, stop.signal)) {
        show({ plans: new Map(now.plans).set(plan.hostId, plan) })
      }
    }
    follow().then(
      () => show({ isPlanning: false }),
      (error: unknown) => show({ isPlanning: false, error }),
    )
    return () => stop.abort()
  }, [asked])
  const current = held.asked !== null && held.asked === asked && sameAs(held.asked.request, request) ? held : NOTHING
  return {
    plans: current.plans,
    asked: current.asked?.hostIds ?? [],
    isPlanning: current.isPlanning,
    error: current.error,
    ask: setAsked,
  }
}

function sameAs(one: NewRestore, other: NewRestore): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
