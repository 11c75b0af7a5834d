import type { StandingState } from '../../../contract/control-plane/standing.ts'
import type { Replica } from '../../../contract/shapes/replica.ts'
import { consumerTitle, needsAttention, STATES } from './replica-words.ts'

/** What the list of replicas is narrowed to, as it stands in the address: plain text, absent where it is not narrowed. */
export type ReplicasAddress = { readonly [K in (typeof KEYS)[number]]?: string }

const KEYS = ['attention', 'text', 'plane', 'group', 'consumer', 'state'] as const

/** What is known of an address, and nothing else that may stand there. */
export function narrowReplicas(search: Record<string, unknown>): ReplicasAddress {
  const known = KEYS.map((key) => [key, search[key]] as const)
  return Object.fromEntries(known.filter(([, value]) => typeof value === 'string' && value !== ''))
}

/** An address with some of it changed; empty where it is not narrowed any more. */
export function changedAddress(
  address: ReplicasAddress,
  change: Partial<Record<keyof ReplicasAddress, string>>,
): ReplicasAddress {
  return narrowReplicas({ ...address, ...change })
}

/** Whether anything is left out. */
export function isNarrowed(address: ReplicasAddress): boolean {
  return Object.keys(narrowReplicas(address)).length > 0
}

/** The state that an address asks for; null for all. */
export function stateOf({ state }: ReplicasAddress): StandingState | null {
  return state !== undefined && Object.hasOwn(STATES, state) ? (state as StandingState) : null
}

/** The replicas that fit an address, in their order; a state fits where one machine is in it. */
export function fitting(replicas: readonly Replica[], address: ReplicasAddress): readonly Replica[] {
  const state = stateOf(address)
  const words = (address.text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return replicas.filter((replica) => {
    const { planeId, declaration, standings } = replica
    if (address.attention !== undefined && !needsAttention(replica)) return false
    if (address.plane !== undefined && planeId !== address.plane) return false
    if (address.group !== undefined && declaration.groupId !== address.group) return false
    if (address.consumer !== undefined && declaration.consumerId !== address.consumer) return false
    if (state !== null && replica.state !== state && !standings.some((one) => one.state === state)) return false
    return words.every((word) => said(replica).includes(word))
  })
}

const texts = new WeakMap<Replica, string>()

/** What a replica is looked for by, in small letters. */
function said(replica: Replica): string {
  const known = texts.get(replica)
  if (known !== undefined) return known
  const { declaration, consumerName, groupName, state, createdBy, updatedBy, standings } = replica
  const { name, type, intent, consumerId } = declaration
  const machines = standings.flatMap(({ machineName, lastReport }) => [machineName ?? '', lastReport?.error ?? ''])
  const text = [
    name,
    type,
    intent,
    consumerTitle(consumerName, consumerId),
    groupName ?? '',
    STATES[state].word,
    createdBy ?? '',
    updatedBy ?? '',
    ...machines,
  ]
    .join('\n')
    .toLowerCase()
  texts.set(replica, text)
  return text
}
