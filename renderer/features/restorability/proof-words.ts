import { plural, t } from '@lingui/core/macro'
import { IconClockExclamation, IconHelpHexagon, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import type { ProofState, RepositoryVerification, Restorability } from '../../../contract/shapes/restorability.ts'
import { formatBytes, formatCount, formatSpan } from '../../components/format.ts'
import type { Mark } from '../audit/index.ts'

/** Whether it was shown that a repository gives its data back: a colour, a word and a sign. */
export const PROOF_STATES: Readonly<Record<ProofState, Mark>> = {
  failed: { state: 'failed', word: t`failed`, Icon: IconShieldX },
  never: { state: 'interrupted', word: t`never`, Icon: IconHelpHexagon },
  stale: { state: 'partial', word: t`stale`, Icon: IconClockExclamation },
  fresh: { state: 'succeeded', word: t`fresh`, Icon: IconShieldCheck },
}

export const STATE_SENTENCES: Readonly<Record<ProofState, string>> = {
  failed: t`The last restore or verification failed, or what was read back differs from the snapshot.`,
  never: t`No restore of it has ever been read back whole and found equal, and no consumer has proven it.`,
  stale: t`It was restored and proven, longer ago than its bound.`,
  fresh: t`It was restored and proven within its bound.`,
}

/** When a repository was last proven, by a restore or by a consumer, and how; null for never. */
export function lastProven({ lastProof, lastVerified }: Pick<Restorability, 'lastProof' | 'lastVerified'>): {
  readonly at: string
  readonly how: string
} | null {
  const [proofAt, verifiedAt] = [lastProof, lastVerified].map((one) => (one === null ? 0 : Date.parse(one.at)))
  if (lastVerified !== null && Number(verifiedAt) > Number(proofAt))
    return { at: lastVerified.at, how: startedWords(lastVerified) }
  return lastProof === null ? null : { at: lastProof.at, how: t`read back, equal` }
}

/** What a consumer did to show it. */
export function startedWords({ started }: Pick<RepositoryVerification, 'started'>): string {
  if (started === null) return t`restored and read by a consumer`
  const { postgres, databases } = started
  if (databases === null) return postgres === null ? t`started` : t`started as PostgreSQL ${postgres}`
  if (postgres === null)
    return plural(databases, { one: 'started, # database read', other: 'started, # databases read' })
  return t`started as PostgreSQL ${postgres}, ${plural(databases, { one: '# database read', other: '# databases read' })}`
}

/** How many repositories are in each state. */
export function countStates(repositories: readonly Pick<Restorability, 'state'>[]): Record<ProofState, number> {
  const counts = { failed: 0, never: 0, stale: 0, fresh: 0 }
  for (const { state } of repositories) counts[state] += 1
  return counts
}

/** What the board comes to, in a sentence: what is worst first. */
export function summaryWords(counts: Readonly<Record<ProofState, number>>): string {
  const all = counts.failed + counts.never + counts.stale + counts.fresh
  if (all === 0) return t`There is no repository yet.`
  if (counts.fresh === all)
    return plural(all, { one: 'The one repository is proven.', other: 'All # repositories are proven.' })
  const failed = formatCount(counts.failed)
  const never = formatCount(counts.never)
  const stale = formatCount(counts.stale)
  const parts = [
    counts.failed === 0 ? '' : t`${failed} failed`,
    counts.never === 0 ? '' : t`${never} never proven`,
    counts.stale === 0 ? '' : t`${stale} not proven recently`,
  ]
  const what = parts.filter((part) => part !== '').join(', ')
  return t`Of ${plural(all, { one: '# repository', other: '# repositories' })}: ${what}.`
}

/** What a restore took, and for how much, where that is known: `4 min 12 s for 38.1 MiB`. */
export function timeWords(seconds: number, bytes: number | null): string {
  const span = formatSpan(seconds)
  if (bytes === null) return span
  const size = formatBytes(bytes)
  return t`${span} for ${size}`
}

/** `118 MiB/s`. */
export function rateWords(rate: number): string {
  return `${formatBytes(rate)}/s`
}
