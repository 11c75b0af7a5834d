import { Fault, writeFault } from '../../../contract/errors.ts'
import { type FanOut, type FanOutPlan, type FanOutSummary, isFanOutPhrase } from '../../../contract/shapes/fan-out.ts'
import type { NewRestore } from '../../../contract/shapes/restore.ts'
import { NO_COUNTS } from '../../../contract/shapes/run.ts'
import type { Implementation } from './implementation.ts'
import { before } from './moments.ts'
import { planRestore } from './plans.ts'
import { hostOf } from './start-run.ts'
import type { World } from './world.ts'

interface Order extends Pick<FanOut, 'id' | 'request' | 'atOnce' | 'stopAfter' | 'follows'> {
  readonly targets: readonly { readonly hostId: string; readonly repositoryId: string }[]
}

/** Restores on several hosts: planned on each, begun, and as they were left. */
export function ofFanOuts(os: Implementation, world: World) {
  return {
    plan: os.fanOuts.plan.handler(async function* ({ input }) {
      for (const hostId of input.hostIds) yield planOn(world, hostId, input.request)
    }),
    start: os.fanOuts.start.handler(({ input }) => begin(world, input, '')),
    startInPlace: os.fanOuts.startInPlace.handler(({ input }) => {
      const hosts = input.targets.length
      if (!isFanOutPhrase(input.confirmation.phrase, hosts))
        throw new Fault('conflict', { what: 'wrong_phrase', detail: String(hosts) })
      return begin(world, input, input.confirmation.reason)
    }),
    watch: os.fanOuts.watch.handler(async function* ({ signal }) {
      for await (const _ of world.told.fanOuts.follow(signal, () => ['first'])) {
        yield [...world.fanOuts.values()].toReversed().map(inShort)
      }
    }),
    follow: os.fanOuts.follow.handler(async function* ({ input, signal }) {
      for await (const _ of world.told.fanOuts.follow(signal, () => ['first'])) yield fanOutOf(world, input.fanOutId)
    }),
    cancel: os.fanOuts.cancel.handler(({ input: { fanOutId, when } }) => {
      const fanOut = fanOutOf(world, fanOutId)
      const hosts = fanOut.hosts.map((host) => {
        if (host.state === 'waiting') return { ...host, state: 'passed-over' as const }
        return host.state === 'running' && when === 'now' ? { ...host, state: 'cancelled' as const } : host
      })
      const isOver = !hosts.some(({ state }) => state === 'running')
      return put(world, { ...fanOut, hosts, ...(isOver ? { state: 'cancelled', endedAt: before({}) } : {}) })
    }),
  }
}

function fanOutOf(world: World, id: string): FanOut {
  const fanOut = world.fanOuts.get(id)
  if (fanOut === undefined) throw new Fault('not_found', { what: 'fan-out', id })
  return fanOut
}

function put(world: World, fanOut: FanOut): FanOut {
  world.fanOuts.set(fanOut.id, fanOut)
  world.told.fanOuts.publish('changed')
  return fanOut
}

function begin(world: World, { targets, ...order }: Order, reason: string): FanOut {
  const known = world.fanOuts.get(order.id)
  if (known !== undefined) return known
  return put(world, {
    ...order,
    reason,
    state: 'running',
    startedBy: world.system.actor,
    startedAt: before({}),
    endedAt: null,
    hosts: targets.map(({ hostId, repositoryId }, at) => ({
      hostId,
      repositoryId,
      name: hostOf(world, hostId).name,
      state: at < order.atOnce ? 'running' : 'waiting',
      runId: at < order.atOnce ? `run-on-${hostId}` : null,
      counts: NO_COUNTS,
      fault: null,
    })),
  })
}

function inShort({ request, hosts, ...fanOut }: FanOut): FanOutSummary {
  const counts = Map.groupBy(hosts, ({ state }) => state)
  return {
    ...fanOut,
    summary: request.sources[0]?.selection.include.join(', ') ?? '',
    target: request.target,
    hosts: [...counts].map(([state, some]) => ({ state, count: some.length })),
  }
}

function planOn(world: World, hostId: string, request: NewRestore): FanOutPlan {
  const { agent, link, repositories, name } = hostOf(world, hostId)
  const repositoryId = repositories[0]?.id ?? null
  const found = { hostId, repositoryId, hostname: agent?.hostname ?? null, plan: null, fault: null }
  if (link.state !== 'connected') {
    return { ...found, fault: writeFault(new Fault('unreachable', { host: name, reason: link.reason, why: link.why })) }
  }
  if (repositoryId === null) {
    const id = request.sources[0]?.snapshotId ?? ''
    return { ...found, fault: writeFault(new Fault('not_found', { what: 'snapshot', id })) }
  }
  try {
    const plan = planRestore(world, hostId, request)
    const { hash, totals, files, bytes, targetPath, fresh, free } = plan
    return { ...found, plan: { hash, totals, files, bytes, targetPath, fresh, free } }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { ...found, fault: writeFault(error) }
  }
}
