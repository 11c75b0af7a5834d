import { isEnded, NO_COUNTS, type Run, type RunCounts } from '../contract/shapes/run.ts'
import { newRestore, restoreSubject } from './restore-request.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const MIB = 1024 ** 2

const ACTORS = ['maria@ops-laptop', 'jonas@jump-1', 'field-1@lab', 'root@db-01'] as const
const FOLDERS = ['/etc', '/srv/share/prices', '/var/www', '/home/maria', '/srv/caf\udce9'] as const
const STATES = [
  'succeeded',
  'succeeded',
  'succeeded',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
  'interrupted',
] as const
const TARGETS = [
  { kind: 'staging' },
  { kind: 'staging' },
  { kind: 'path', path: '/srv/restored' },
  { kind: 'in-place' },
] as const

/** Figures that look like chance and are the same each time. */
export function figures(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return ((state ^ (state >>> 13)) >>> 0) % below
  }
}

export interface ManyRestores {
  readonly count: number
  /** The newest was asked for shortly before. */
  readonly until: Date
  /** Over how many days they are spread. */
  readonly days: number
  readonly repositoryId: string
  readonly seed: number
}

/** Restores of one host, newest first, with every outcome, target and evidence. */
export function manyRestores({ count, until, days, repositoryId, seed }: ManyRestores): Run[] {
  const next = figures(seed)
  return Array.from({ length: count }, (_, at) => {
    const queued = new Date(until.getTime() - Math.floor(((at + 1) / count) * days * DAY) - next(MINUTE))
    return oneRestore({ id: `run-${seed}-${at}`, queued, repositoryId, next })
  })
}

interface One {
  readonly id: string
  readonly queued: Date
  readonly repositoryId: string
  readonly next: (below: number) => number
}

/** A restore of which everything but its moment is left to the figures. */
export function oneRestore({ id, queued, repositoryId, next }: One): Run {
  const state = pick(STATES, next)
  const target = pick(TARGETS, next)
  const seconds = 3 + next(900)
  const files = state === 'failed' && next(2) === 0 ? 0 : 1 + next(2000)
  const bytes = files * (1 + next(4)) * MIB
  const folder = pick(FOLDERS, next)
  const startedAt = new Date(queued.getTime() + next(5000)).toISOString()
  const endedAt = new Date(queued.getTime() + seconds * 1000).toISOString()
  const isReadBack = (state === 'succeeded' || state === 'partial') && next(3) > 0
  const different = isReadBack && next(10) === 0 ? 1 : 0
  const evidence = { by: 'restic', equal: files, equalBytes: bytes, different, unread: 0, at: endedAt }
  const request = newRestore(next(0xffffffff).toString(16).padStart(64, '0'), {
    include: [folder, '/srv/one more'],
    target,
  })
  return {
    id,
    state,
    requestKey: uuidOf(next),
    repositoryId,
    subject: restoreSubject(request, {
      targetPath: target.kind === 'staging' ? `/var/restic-restore/${id}` : target.kind === 'path' ? target.path : '/',
      planHash: next(0xffffffff).toString(16).padStart(64, '0'),
      reason: target.kind === 'in-place' ? 'The import overwrote it' : '',
      evidence: isReadBack ? evidence : null,
    }),
    startedBy: pick(ACTORS, next),
    queuedAt: queued.toISOString(),
    startedAt,
    endedAt: isEnded(state) ? endedAt : null,
    progress: {
      phase: 'finishing',
      filesDone: files,
      filesTotal: files,
      bytesDone: bytes,
      bytesTotal: bytes,
      rate: null,
      secondsLeft: null,
      currentItem: null,
      part: null,
    },
    counts: countsOf(state, target.kind === 'in-place', files),
    fault: null,
    remark: '',
  }
}

function countsOf(state: Run['state'], isInPlace: boolean, files: number): RunCounts {
  const failed = state === 'partial' ? 2 : 0
  if (!isInPlace) return { ...NO_COUNTS, restored: files, failed }
  const deleted = Math.floor(files / 7)
  return { ...NO_COUNTS, updated: files - Math.floor(files / 3), restored: Math.floor(files / 3), deleted, failed }
}

function pick<T>(values: readonly T[], next: (below: number) => number): T {
  const value = values[next(values.length)]
  if (value === undefined) throw new Error('there is nothing to pick from')
  return value
}

function uuidOf(next: (below: number) => number): string {
  const digits = Array.from({ length: 32 }, () => next(16).toString(16)).join('')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`
}
