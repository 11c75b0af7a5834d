import { showFileName } from '../../../contract/shapes/file-name.ts'
import { isEnded } from '../../../contract/shapes/run.ts'
import type { HostRun, RunFilter, RunPage, RunPageInput, UsualDuration } from '../../../contract/shapes/run-page.ts'
import { type RunSummary, summariseRun } from '../../../contract/shapes/run-summary.ts'
import type { World } from './world.ts'

/** Some of the runs that fit, newest first. */
export function pageOf(world: World, { offset, limit, ...filter }: RunPageInput): RunPage {
  const runs = everyRun(world)
    .filter((one) => fits(world, one, filter))
    .toSorted((a, b) => b.run.queuedAt.localeCompare(a.run.queuedAt))
  return { offset, total: runs.length, runs: runs.slice(offset, offset + limit) }
}

/** All runs that the console knows of, those that stand in the history of the world too. */
export function everyRun(world: World): readonly HostRun[] {
  const recorded = [...world.runs.values()].map(({ hostId, run }) => ({ hostId, run: summariseRun(run) }))
  return [...recorded, ...world.history]
}

/** What its host's last runs of the same kind took. */
export function usualOf(world: World, { hostId, run }: HostRun): UsualDuration | null {
  const alike = everyRun(world).filter(
    (other) =>
      other.hostId === hostId &&
      other.run.id !== run.id &&
      other.run.state === 'succeeded' &&
      other.run.subject.kind === run.subject.kind,
  )
  const seconds = alike.flatMap((other) => secondsOf(other.run) ?? []).toSorted((a, b) => a - b)
  const [least] = seconds
  if (least === undefined) return null
  const rank = (share: number): number => seconds[Math.ceil(share * seconds.length) - 1] ?? least
  return { runs: seconds.length, median: rank(0.5), ninetieth: rank(0.9) }
}

function secondsOf({ startedAt, endedAt }: RunSummary): number | null {
  return startedAt === null || endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
}

function fits(world: World, { hostId, run }: HostRun, filter: RunFilter): boolean {
  const { subject, state, startedBy, queuedAt } = run
  const words = [run.id, startedBy, world.hosts.get(hostId)?.name ?? '', ...pathsOf(run)]
  return (
    (filter.hostId === null || filter.hostId === hostId) &&
    (filter.kinds === null || filter.kinds.includes(subject.kind)) &&
    (filter.states === null || filter.states.includes(state)) &&
    (filter.startedBy === null || filter.startedBy === startedBy) &&
    (filter.follows === null || (subject.kind === 'restore' && subject.follows?.runId === filter.follows)) &&
    (filter.from === null || queuedAt >= filter.from) &&
    (filter.to === null || queuedAt < filter.to) &&
    words.some((word) => showFileName(word).toLowerCase().includes(filter.text.trim().toLowerCase()))
  )
}

function pathsOf({ subject }: RunSummary): readonly string[] {
  if (subject.kind === 'init' || subject.kind === 'diff') return []
  if (subject.kind === 'backup') return subject.paths.first
  return [subject.targetPath, ...subject.sources.flatMap(({ paths }) => paths.first)]
}

/** Those that go on. */
export function goingIn(world: World): HostRun[] {
  return everyRun(world).filter(({ run }) => !isEnded(run.state))
}
