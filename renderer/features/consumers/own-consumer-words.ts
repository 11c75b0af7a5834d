import type { OwnConsumer, ProvenReplica } from '../../../contract/shapes/own-consumer.ts'
import { formatBytes, formatMoment, formatNumberOf } from '../../components/format.ts'
import type { StateName } from '../../components/StateBadge.tsx'

interface Shown {
  readonly state: StateName
  readonly word: string
}

/** Whether the console's own consumer is at work: a colour and a word. */
export function ownState({ state, fetchError }: OwnConsumer): Shown {
  switch (state) {
    case 'off':
      return { state: 'unknown', word: 'off' }
    case 'waiting':
      return { state: 'queued', word: 'waiting for the plane' }
    case 'starting':
      return { state: 'queued', word: 'starting' }
    case 'working':
      return fetchError === null ? { state: 'succeeded', word: 'at work' } : { state: 'partial', word: 'cut off' }
    case 'failed':
      return { state: 'failed', word: 'cannot start' }
  }
}

/** What it is doing, in one line. */
export function ownSentence({ replicas, untold, scratchBytes }: OwnConsumer): string {
  const running = replicas.filter(({ state }) => state === 'running').length
  const queued = replicas.filter(({ state }) => state === 'queued').length
  const parts = [
    replicas.length === 0 ? 'Nothing is declared for it' : formatNumberOf(replicas.length, 'replica'),
    ...(running === 0 ? [] : [`${running} being restored`]),
    ...(queued === 0 ? [] : [`${queued} in the queue`]),
    ...(untold === 0 ? [] : [`${formatNumberOf(untold, 'verification')} not told yet`]),
    scratchBytes === 0 ? 'no scratch space taken' : `${formatBytes(scratchBytes)} of scratch space taken`,
  ]
  return `${parts.join(', ')}.`
}

const STEPS: Readonly<Record<string, string>> = {
  begin: 'begins',
  access: 'gets access',
  room: 'looks for room',
  restore: 'restores',
  prove: 'brings the data to life',
  record: 'writes down what came of it',
  settle: 'cleans up',
  end: 'ends',
}

const WAITS: Readonly<Record<string, string>> = {
  'not-listed': 'is wanted no more',
  'unknown-intent': 'asks for what it cannot do',
  'no-backup': 'waits for a first backup',
  refused: 'was refused access',
  verified: 'is proven',
  current: 'serves the newest snapshot',
  'minimum-ttl': 'serves, and keeps its snapshot for now',
  backoff: 'is tried again later',
}

/** What becomes of one replica now. */
export function replicaWords({ state, step, position, until }: ProvenReplica): string {
  if (state === 'running') return STEPS[step ?? ''] ?? 'is being restored'
  if (state === 'queued') return position === null ? 'is in the queue' : `is number ${position} in the queue`
  const words = WAITS[state] ?? state
  return until === null ? words : `${words}, at ${formatMoment(new Date(until))}`
}

/** What somebody looks for first: what goes on, what is next, what failed. */
export function byNews(one: ProvenReplica, other: ProvenReplica): number {
  return rank(one) - rank(other) || one.name.localeCompare(other.name)
}

function rank({ state, error }: ProvenReplica): number {
  if (state === 'running') return 0
  if (error !== null) return 1
  return state === 'queued' ? 2 : 3
}
