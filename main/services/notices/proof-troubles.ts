import { z } from 'zod'
import { type ProofNotice, type ProofTrouble, proofTroubleSchema } from '../../../contract/shapes/notice.ts'
import type { ReplicaStanding } from '../../../contract/shapes/replica.ts'
import type { ReplicaOfPlane } from '../planes/index.ts'

/** By replica: what was the matter with it when it was last looked at, by machine. One that is well is not in it. */
export const troublesSchema = z.record(z.string(), z.record(z.string(), proofTroubleSchema))
export type Troubles = z.infer<typeof troublesSchema>

/** More at once than these are told together. */
const FEW = 3
const NO_COUNTS: Readonly<Record<ProofTrouble, number>> = { failing: 0, overdue: 0, gap: 0 }

/** What is the matter with replicas, and what of that is to be told to those who knew what was the matter before. */
export function compareTroubles(
  plane: { readonly id: string; readonly name: string },
  before: Troubles,
  replicas: readonly ReplicaOfPlane[],
): { readonly now: Troubles; readonly notices: readonly ProofNotice[] } {
  const looked = replicas.map((replica) => {
    const known = before[replica.id] ?? {}
    return { replica, known, now: troublesOf(replica, known) }
  })
  const now = Object.fromEntries(
    looked.flatMap((one) => (Object.keys(one.now).length === 0 ? [] : [[one.replica.id, one.now]])),
  )
  const begun = looked.flatMap((one) => begunOf(plane.id, one) ?? [])
  const gone = Object.keys(before).filter((id) => replicas.every((replica) => replica.id !== id))
  const over = [
    ...looked.filter((one) => isOver(one.known, one.now)).map(({ replica }) => overOf(plane.id, replica)),
    ...gone.map((id): ProofNotice => ({ ...newNotice(plane.id, id), state: 'over' })),
  ]
  const isWell = Object.keys(now).length === 0 && Object.keys(before).length > 0
  const ofMany = isWell ? [{ ...newNotice(plane.id, null), name: plane.name, state: 'over' as const }] : []
  return { now, notices: [...(begun.length > FEW ? [manyOf(plane, begun)] : begun), ...over, ...ofMany] }
}

interface Looked {
  readonly replica: ReplicaOfPlane
  readonly known: Troubles[string]
  readonly now: Troubles[string]
}

function troublesOf({ standings }: ReplicaOfPlane, known: Troubles[string]): Troubles[string] {
  return Object.fromEntries(
    standings.flatMap((standing) => {
      const key = keyOf(standing)
      const parsed = proofTroubleSchema.safeParse(standing.state)
      // A plane that cannot read the repository now says this rather than how the last report was.
      const trouble = parsed.success ? parsed.data : standing.state === 'group-not-ready' ? known[key] : undefined
      return trouble === undefined ? [] : [[key, trouble]]
    }),
  )
}

/** Null where nothing has come to be the matter. The worst of what has is what is said. */
function begunOf(planeId: string, { replica, known, now }: Looked): ProofNotice | null {
  const fresh = replica.standings.filter((standing) => {
    const key = keyOf(standing)
    return now[key] !== undefined && now[key] !== known[key]
  })
  const state = proofTroubleSchema.options.find((trouble) => fresh.some((each) => now[keyOf(each)] === trouble))
  if (state === undefined) return null
  const those = fresh.filter((each) => now[keyOf(each)] === state)
  const cause = state === 'failing' ? (those[0]?.lastReport?.error ?? '') : ''
  return {
    ...newNotice(planeId, replica.id),
    name: replica.declaration.name,
    state,
    machines: those.flatMap(({ machineName }) => machineName ?? []),
    cause: cause.split('\n', 1)[0] ?? '',
  }
}

function overOf(planeId: string, { id, declaration: { name }, standings }: ReplicaOfPlane): ProofNotice {
  const isHealthy = standings.some(({ state }) => state === 'healthy')
  return { ...newNotice(planeId, id), name, state: isHealthy ? 'healthy' : 'over' }
}

function manyOf(plane: { readonly id: string; readonly name: string }, begun: readonly ProofNotice[]): ProofNotice {
  const counts = { ...NO_COUNTS }
  for (const { state } of begun) {
    const trouble = proofTroubleSchema.safeParse(state)
    if (trouble.success) counts[trouble.data] += 1
  }
  return { ...newNotice(plane.id, null), name: plane.name, state: 'many', counts }
}

function newNotice(planeId: string, replicaId: string | null): Omit<ProofNotice, 'state'> {
  const id = JSON.stringify(['replica', planeId, replicaId])
  return { id, planeId, replicaId, name: '', machines: [], counts: NO_COUNTS, cause: '' }
}

function isOver(known: Troubles[string], now: Troubles[string]): boolean {
  return Object.keys(known).length > 0 && Object.keys(now).length === 0
}

function keyOf({ machineId }: ReplicaStanding): string {
  return machineId ?? 'group'
}
