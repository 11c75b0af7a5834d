import { useMemo } from 'react'
import type { PlaneGroup } from '../../../../contract/shapes/plane.ts'
import type { Declaration, Intent, Replica } from '../../../../contract/shapes/replica.ts'
import type { Known } from '../use-replicas.ts'
import { consumerOf, type Draft, declarationOf, EMPTY_DRAFT, intentOf, missingOf } from './draft.ts'
import { suggestName } from './suggest-name.ts'

export interface ReadDraft {
  /** With a suggested name where none was typed. */
  readonly draft: Draft
  readonly intent: Intent | undefined
  readonly group: PlaneGroup | undefined
  readonly groups: readonly PlaneGroup[]
  /** Null while something is missing. */
  readonly declaration: Declaration | null
  readonly missing: string | null
  /** Another replica of this consumer has the name. */
  readonly twin: Replica | null
}

/** What a draft comes to with what is known now. `self`: the replica that is being changed. */
export function useReadDraft(typed: Draft, known: Known, self: Replica | null): ReadDraft {
  return useMemo(() => readDraft(typed, known, self), [typed, known, self])
}

export function readDraft(typed: Draft, known: Known, self: Replica | null): ReadDraft {
  const groups = typed.planeId === null ? [] : (known.groups.get(typed.planeId) ?? [])
  const group = groups.find(({ id }) => id === typed.groupId)
  const siblings = known.board.replicas.filter(
    ({ id, planeId, declaration }) =>
      planeId === typed.planeId && declaration.consumerId === typed.consumerId && id !== self?.id,
  )
  const draft = typed.isNameTyped ? typed : { ...typed, name: suggested(typed, group, siblings) }
  const intent = intentOf(draft, known.consumers)
  return {
    draft,
    intent,
    group,
    groups,
    declaration: declarationOf(draft, intent),
    missing: missingOf(draft, intent),
    twin: siblings.find(({ declaration }) => declaration.name === draft.name.trim()) ?? null,
  }
}

function suggested(draft: Draft, group: PlaneGroup | undefined, siblings: readonly Replica[]): string {
  if (group === undefined || draft.intent === '') return ''
  const machine = group.machines.find(({ id }) => id === draft.machineId)?.name ?? null
  const taken = new Set(siblings.map(({ declaration }) => declaration.name))
  return suggestName({ group: group.name, machine, intent: draft.intent }, taken)
}

/** The draft one begins with: where there is no choice it is made. */
export function firstDraft(known: Known): Draft {
  const planes = known.planes.filter(({ connection }) => connection.state === 'connected')
  const [plane] = planes
  if (plane === undefined) return EMPTY_DRAFT
  return onPlane({ ...EMPTY_DRAFT }, plane.id, known)
}

/** Another plane: its consumers and groups are others. */
export function onPlane(draft: Draft, planeId: string, known: Known): Draft {
  const consumers = known.consumers.filter((consumer) => consumer.planeId === planeId)
  const groups = known.groups.get(planeId) ?? []
  const next = { ...draft, planeId, consumerId: null, groupId: null, machineId: null }
  const withGroup = groups.length === 1 && groups[0] !== undefined ? inGroup(next, groups[0]) : next
  const [only] = consumers
  return consumers.length === 1 && only !== undefined ? forConsumer(withGroup, only.id, known) : withGroup
}

/** Another group: its machines and types are others. */
export function inGroup(draft: Draft, group: PlaneGroup): Draft {
  const type = group.types.includes(draft.type) ? draft.type : (group.types[0] ?? draft.type)
  return { ...draft, groupId: group.id, machineId: null, type }
}

/** Another consumer: what was asked for stays where it offers that, else the first that it offers. */
export function forConsumer(draft: Draft, consumerId: string, known: Known): Draft {
  const next = { ...draft, consumerId }
  const offered = consumerOf(next, known.consumers)?.intents ?? []
  if (offered.some(({ name }) => name === draft.intent)) return next
  const [first] = offered
  return first === undefined || draft.isNameTyped ? next : { ...next, intent: first.name }
}
