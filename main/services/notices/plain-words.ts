import type { Notice, ProofNotice, SystemWords } from '../../../contract/shapes/notice.ts'

export type PlainWords = Pick<SystemWords, 'title' | 'line'>

const LINE = 'Open the console to see where.'

const KINDS: Readonly<Record<Notice['kind'], string>> = {
  init: 'A new repository',
  backup: 'A backup',
  restore: 'A restore',
  diff: 'A comparison',
  check: 'A check',
  verify: 'A verification',
}

/**
 * What the console says by itself of a run that has ended, where no window says it. No host and no file is named: whether names are
 * masked, only a window knows.
 */
export function plainRunWords({ kind, state }: Pick<Notice, 'kind' | 'state'>): PlainWords {
  return { title: `${KINDS[kind]} ${endOf(state)}`, line: LINE }
}

function endOf(state: Notice['state']): string {
  switch (state) {
    case 'succeeded':
      return 'is done'
    case 'partial':
      return 'partly succeeded'
    case 'failed':
      return 'has failed'
    case 'cancelled':
    case 'interrupted':
      return `was ${state}`
    default:
      return 'has ended'
  }
}

/** The same of a replica that has come to need somebody. */
export function plainProofWords({ state }: Pick<ProofNotice, 'state'>): PlainWords {
  switch (state) {
    case 'failing':
    case 'overdue':
      return { title: `A replica is ${state}`, line: LINE }
    case 'gap':
      return { title: 'A replica has a gap', line: LINE }
    default:
      return { title: 'Replicas need attention', line: LINE }
  }
}

/** The same of several at once. */
export function plainCountWords(count: number): PlainWords {
  return { title: `${count} runs or replicas have news`, line: 'Open the console to see which.' }
}
