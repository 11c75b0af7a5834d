import type { RunKind, RunState } from '../../../../contract/shapes/run.ts'
import type { RunFilter } from '../../../../contract/shapes/run-page.ts'
import { momentsOf, readDateRange } from '../../../components/date-range.ts'

/** What the list of runs is narrowed to, as it stands in the address: plain text, absent where it is not narrowed. */
export type RunsAddress = { readonly [K in (typeof KEYS)[number]]?: string }

const KEYS = ['text', 'kind', 'state', 'host', 'who', 'when', 'follows'] as const

/** Kinds of runs that there are, in the order in which they are offered. */
export const KINDS: readonly RunKind[] = ['restore', 'backup', 'diff', 'init']

/** What runs are looked for by, and which states that is. */
export const STATE_CHOICES = {
  going: ['queued', 'running', 'unknown'],
  trouble: ['partial', 'failed', 'interrupted', 'unknown'],
  running: ['running'],
  succeeded: ['succeeded'],
  partial: ['partial'],
  failed: ['failed'],
  cancelled: ['cancelled'],
  interrupted: ['interrupted'],
  unknown: ['unknown'],
} as const satisfies Readonly<Record<string, readonly RunState[]>>
export type StateChoice = keyof typeof STATE_CHOICES

/** What is known of an address, and nothing else that may stand there. */
export function narrowRunsAddress(search: Record<string, unknown>): RunsAddress {
  const known = KEYS.map((key) => [key, search[key]] as const)
  return Object.fromEntries(known.filter(([, value]) => typeof value === 'string' && value !== ''))
}

/** An address with some of it changed; empty where it is not narrowed any more. */
export function changedAddress(address: RunsAddress, change: Partial<Record<keyof RunsAddress, string>>): RunsAddress {
  return narrowRunsAddress({ ...address, ...change })
}

/** The kind that an address asks for; null for all. */
export function kindOf({ kind }: RunsAddress): RunKind | null {
  return KINDS.find((one) => one === kind) ?? null
}

/** The states that an address asks for; null for all. */
export function stateOf({ state }: RunsAddress): StateChoice | null {
  return state !== undefined && Object.hasOwn(STATE_CHOICES, state) ? (state as StateChoice) : null
}

/** What an address asks for; what it cannot mean is as if it were not there. */
export function filterOf(address: RunsAddress, now: Date): RunFilter {
  const [kind, state] = [kindOf(address), stateOf(address)]
  return {
    hostId: address.host ?? null,
    kinds: kind === null ? null : [kind],
    states: state === null ? null : [...STATE_CHOICES[state]],
    startedBy: address.who ?? null,
    follows: address.follows ?? null,
    text: (address.text ?? '').slice(0, 500),
    ...momentsOf(readDateRange(address.when ?? ''), now),
  }
}

/** Whether anything is left out. */
export function isNarrowed(address: RunsAddress): boolean {
  return Object.keys(narrowRunsAddress(address)).length > 0
}
