import {
  type FanOut,
  type FanOutHost,
  type FanOutState,
  type FanOutSummary,
  fanOutSchema,
} from '../../../contract/shapes/fan-out.ts'
import { isEnded, type RunState } from '../../../contract/shapes/run.ts'
import type { FanOutRecord } from '../../store/index.ts'
import { summariseSources } from '../restores/index.ts'

type Told = Pick<FanOutHost, 'state' | 'fault'>

/** Whether nothing more will become of a host by itself. */
export function isSettled({ state, fault }: Told): boolean {
  if (state === 'waiting' || state === 'starting') return false
  if (state === 'unknown') return fault !== null
  return state === 'refused' || state === 'passed-over' || isEnded(state satisfies RunState)
}

/** Hosts that were asked and on which it did not wholly succeed. */
export function failuresAmong(hosts: readonly Told[]): number {
  return hosts.filter((host) => isSettled(host) && host.state !== 'succeeded' && host.state !== 'passed-over').length
}

/** What a fan-out came to once all of its hosts are settled. */
export function endOf(hosts: readonly Pick<FanOutHost, 'state'>[], stopped: boolean): Exclude<FanOutState, 'running'> {
  const succeeded = hosts.filter(({ state }) => state === 'succeeded').length
  if (succeeded === hosts.length) return 'succeeded'
  if (stopped) return 'cancelled'
  return succeeded > 0 || hosts.some(({ state }) => state === 'partial') ? 'partial' : 'failed'
}

/** What anybody may see of a record. */
export function shown(record: FanOutRecord): FanOut {
  return fanOutSchema.parse(record)
}

/** The same in short. */
export function summarised(record: FanOutRecord): FanOutSummary {
  const { request, hosts, ...fanOut } = shown(record)
  const counts = Map.groupBy(hosts, ({ state }) => state)
  return {
    ...fanOut,
    summary: summariseSources(request.sources),
    target: request.target,
    hosts: [...counts].map(([state, some]) => ({ state, count: some.length })),
  }
}
