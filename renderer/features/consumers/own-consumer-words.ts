import { plural, t } from '@lingui/core/macro'
import type { OwnConsumer, ProvenReplica } from '../../../contract/shapes/own-consumer.ts'
import { formatBytes, formatMoment } from '../../components/format.ts'
import type { StateName } from '../../components/StateBadge.tsx'

interface Shown {
  readonly state: StateName
  readonly word: string
}

/** Whether the console's own consumer is at work: a colour and a word. */
export function ownState({ state, fetchError }: OwnConsumer): Shown {
  switch (state) {
    case 'off':
      return { state: 'unknown', word: t`off` }
    case 'waiting':
      return { state: 'queued', word: t`waiting for the plane` }
    case 'starting':
      return { state: 'queued', word: t`starting` }
    case 'working':
      return fetchError === null ? { state: 'succeeded', word: t`at work` } : { state: 'partial', word: t`cut off` }
    case 'failed':
      return { state: 'failed', word: t`cannot start` }
  }
}

/** What it is doing, in one line. */
export function ownSentence({ replicas, untold, scratchBytes }: OwnConsumer): string {
  const running = replicas.filter(({ state }) => state === 'running').length
  const queued = replicas.filter(({ state }) => state === 'queued').length
  const taken = formatBytes(scratchBytes)
  const parts = [
    replicas.length === 0
      ? t`Nothing is declared for it`
      : plural(replicas.length, { one: '# replica', other: '# replicas' }),
    ...(running === 0 ? [] : [plural(running, { one: '# being restored', other: '# being restored' })]),
    ...(queued === 0 ? [] : [plural(queued, { one: '# in the queue', other: '# in the queue' })]),
    ...(untold === 0
      ? []
      : [plural(untold, { one: '# verification not told yet', other: '# verifications not told yet' })]),
    scratchBytes === 0 ? t`no scratch space taken` : t`${taken} of scratch space taken`,
  ]
  return `${parts.join(', ')}.`
}

const STEPS: Readonly<Record<string, string>> = {
  begin: t`begins`,
  access: t`gets access`,
  room: t`checks for space`,
  restore: t`restores`,
  prove: t`brings the data to life`,
  record: t`records the outcome`,
  settle: t`cleans up`,
  end: t`ends`,
}

const WAITS: Readonly<Record<string, string>> = {
  'not-listed': t`is no longer wanted`,
  'unknown-intent': t`asks for what it cannot do`,
  'no-backup': t`waits for a first backup`,
  refused: t`was refused access`,
  verified: t`is proven`,
  current: t`serves the newest snapshot`,
  'minimum-ttl': t`serves, and keeps its snapshot for now`,
  backoff: t`is tried again later`,
}

/** What becomes of one replica now. */
export function replicaWords({ state, step, position, until }: ProvenReplica): string {
  if (state === 'running') return STEPS[step ?? ''] ?? t`is being restored`
  if (state === 'queued') return position === null ? t`is in the queue` : t`is number ${position} in the queue`
  const words = WAITS[state] ?? state
  if (until === null) return words
  const when = formatMoment(new Date(until))
  return t`${words}, at ${when}`
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
