import { sweep } from '../replicas/sweep.ts'
import type { PlaneStore } from '../store/index.ts'
import type { PlaneDeps } from './deps.ts'
import type { FleetReader } from './fleet-reader.ts'

/** The setting that has when the sweep last judged. */
export const JUDGED_AT = 'judged-at'
/** Milliseconds between two passes. */
const EVERY = 60_000

type Deps = Pick<PlaneDeps, 'store' | 'now' | 'log'>

/** One pass over all replicas: what it found is on the disk, with when, or nothing of it is. */
export function sweepOnce({ store, now }: Pick<Deps, 'store' | 'now'>, fleet: FleetReader): void {
  const at = now()
  const machines = new Map(store.machines.list().flatMap((one) => (one.archivedAt === null ? [[one.id, one]] : [])))
  const devices = new Map(store.devices.list().map((device) => [device.id, device]))
  const declarations = [...devices.keys()].flatMap((id) => fleet.declarationsOf(id))
  const found = sweep(
    {
      declarations: declarations.filter(({ enabled }) => enabled),
      semantics: ({ consumerId, intent }) => {
        const device = devices.get(consumerId)
        return (device === undefined ? undefined : fleet.intentsOf(device).get(intent)?.semantics) ?? null
      },
      machinesOf: (groupId) => fleet.group(groupId)?.machines.map(({ id }) => id) ?? [],
      groupOf: (machineId) => machines.get(machineId)?.groupId,
      backup: (machineId, type) => {
        const groupId = machines.get(machineId)?.groupId
        return groupId === undefined ? undefined : fleet.group(groupId)?.backup(machineId, type)
      },
      head: (key) => store.reports.head(key),
      reported: store.reports.keys(),
      findings: store.findings.list(),
    },
    at,
  )
  keep(store, found, at)
}

function keep(store: PlaneStore, found: ReturnType<typeof sweep>, at: Date): void {
  store.transaction(() => {
    for (const finding of found) store.findings.put(finding)
    store.settings.put(JUDGED_AT, at.toISOString())
  })
}

/** Sweeps at once and then once a minute, until it is disposed. */
export function startSweep(deps: Deps, fleet: FleetReader): Disposable {
  const pass = () => {
    try {
      sweepOnce(deps, fleet)
    } catch (error) {
      deps.log('The sweep over the replicas failed', error)
    }
  }
  pass()
  const timer = setInterval(pass, EVERY).unref()
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer)
    },
  }
}
