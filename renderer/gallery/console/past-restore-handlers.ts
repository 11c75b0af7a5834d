import { Fault } from '../../../contract/errors.ts'
import {
  NO_OUTCOMES,
  type OutcomeCounts,
  type PastRestore,
  type PastRestoreFilter,
  type PastRestoreTotals,
} from '../../../contract/shapes/past-restore.ts'
import { hexId } from './ids.ts'
import type { Implementation } from './implementation.ts'
import { before } from './moments.ts'
import type { World } from './world.ts'

/** What was restored, and the filters that people have named. */
export function ofPastRestores(os: Implementation, world: World) {
  return { pastRestores: pastRestores(os, world), savedViews: savedViews(os, world) }
}

function pastRestores(os: Implementation, world: World) {
  return {
    page: os.pastRestores.page.handler(({ input: { filter, offset, limit } }) => {
      const all = fitting(world, filter)
      return { offset, total: all.length, items: all.slice(offset, offset + limit) }
    }),
    totals: os.pastRestores.totals.handler(({ input }) => totalsOf(fitting(world, input.filter))),
    days: os.pastRestores.days.handler(({ input: { filter, days } }) => {
      const all = fitting(world, filter)
      return days.slice(0, -1).map((from, at) => {
        const ofDay = all.filter((restore) => restore.at >= from && restore.at < (days[at + 1] ?? from))
        return { from, outcomes: countOutcomes(ofDay), bytes: sum(ofDay.map(({ bytes }) => bytes)) }
      })
    }),
    durations: os.pastRestores.durations.handler(({ input }) => {
      const byHost = Map.groupBy(fitting(world, input.filter).filter(isMeasured), ({ hostId }) => hostId)
      return [...byHost].map(([hostId, restores]) => ({
        hostId,
        restores: restores.length,
        seconds: median(restores) ?? 0,
      }))
    }),
    actors: os.pastRestores.actors.handler(() => [...new Set(world.pastRestores.map(({ actor }) => actor))].toSorted()),
    get: os.pastRestores.get.handler(({ input: { hostId, id } }) => {
      const restore = world.pastRestores.find((one) => one.id === id && one.hostId === hostId)
      if (restore === undefined) throw new Fault('not_found', { what: 'run', id })
      const entry = world.audit.find((one) => one.runId === restore.runId && one.action === 'host.restore') ?? null
      return { restore, entry, plan: restore.target === 'in-place' ? PLAN : null }
    }),
    watch: os.pastRestores.watch.handler(async function* ({ signal }) {
      for await (const _ of world.told.audit.follow(signal, () => [world.audit])) yield {}
    }),
    export: os.pastRestores.export.handler(async function* ({ input: { filter } }) {
      const all = fitting(world, filter)
      yield { offset: 0, total: all.length, items: all }
    }),
  }
}

const nothing = { items: 0, bytes: 0 }
const PLAN = {
  hash: hexId('plan:originals'),
  madeAt: before({ minutes: 33 }),
  totals: {
    delete: { items: 3, bytes: 48_112 },
    update: { items: 1_190, bytes: 3_200_000_000 },
    create: { items: 12, bytes: 88_112 },
    skip: nothing,
    unchanged: { items: 2, bytes: 2_914 },
  },
  files: 1_202,
  bytes: 3_200_088_112,
  commands: [
    'restic -r rest:https://backup.example:8000/files-north/ restore 3f9c2a71 --target / --overwrite always --delete --include /srv/share/prices --include /srv/share/hr/lists',
    'restic -r rest:https://backup.example:8000/files-north/ restore 81d3e00b --target / --overwrite always --include /etc/samba/smb.conf',
  ],
}

function savedViews(os: Implementation, world: World) {
  return {
    list: os.savedViews.list.handler(() => [...world.savedViews]),
    put: os.savedViews.put.handler(({ input }) => {
      const others = world.savedViews.filter(({ id }) => id !== input.id)
      if (others.some(({ name }) => name.toLowerCase() === input.name.toLowerCase()))
        throw new Fault('conflict', { what: 'view_exists', detail: input.name })
      world.savedViews = [...others, input].toSorted((a, b) => a.name.localeCompare(b.name))
      return [...world.savedViews]
    }),
    remove: os.savedViews.remove.handler(({ input }) => {
      world.savedViews = world.savedViews.filter(({ id }) => id !== input.id)
      return [...world.savedViews]
    }),
  }
}

function fitting(world: World, filter: PastRestoreFilter): PastRestore[] {
  const has = (values: readonly string[], value: string | null): boolean =>
    values.length === 0 || (value !== null && values.includes(value))
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return world.pastRestores.filter((restore) => {
    const { hostId, actor, target, outcome, proof, at, what, reason, targetPath } = restore
    const host = world.hosts.get(hostId)?.name ?? hostId
    const said = [actor, host, what, reason, targetPath ?? '', restore.snapshotId ?? '', restore.id]
      .join(' ')
      .toLowerCase()
    return (
      has(filter.hostIds, hostId) &&
      has(filter.actors, actor) &&
      has(filter.targets, target) &&
      has(filter.outcomes, outcome) &&
      has(filter.proofs, proof) &&
      (filter.from === null || at >= filter.from) &&
      (filter.until === null || at < filter.until) &&
      words.every((word) => said.includes(word))
    )
  })
}

function totalsOf(restores: readonly PastRestore[]): PastRestoreTotals {
  const written = restores.filter(({ files }) => (files ?? 0) > 0)
  return {
    outcomes: countOutcomes(restores),
    written: written.length,
    verified: written.filter(({ proof }) => proof === 'verified').length,
    inPlace: restores.filter(({ target }) => target === 'in-place').length,
    files: sum(restores.map(({ files }) => files)),
    bytes: sum(restores.map(({ bytes }) => bytes)),
    usualSeconds: median(restores.filter(isMeasured)),
  }
}

function countOutcomes(restores: readonly PastRestore[]): OutcomeCounts {
  const counts = { ...NO_OUTCOMES }
  for (const { outcome } of restores) counts[outcome] += 1
  return counts
}

function isMeasured({ outcome, files, seconds }: PastRestore): boolean {
  return outcome === 'succeeded' && (files ?? 0) > 0 && seconds !== null
}

function median(restores: readonly PastRestore[]): number | null {
  const sorted = restores.flatMap(({ seconds }) => seconds ?? []).toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((all, value) => all + (value ?? 0), 0)
}
