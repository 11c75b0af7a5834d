import { Fault } from '../../../contract/errors.ts'
import type { PastRestore } from '../../../contract/shapes/past-restore.ts'
import {
  type ProofState,
  proofStateSchema,
  type RepositoryVerification,
  type Restorability,
} from '../../../contract/shapes/restorability.ts'
import { hexId } from './ids.ts'
import type { Implementation } from './implementation.ts'
import { PRESENT } from './moments.ts'
import type { World } from './world.ts'

const DAY = 86_400_000

/** Whether the repositories of the world were shown to give their data back. */
export function ofRestorability(os: Implementation, world: World) {
  return {
    restorability: {
      board: os.restorability.board.handler(() => boardOf(world)),
      attempts: os.restorability.attempts.handler(({ input }) => attemptsOf(world, input.hostId, input.repositoryId)),
      setBound: os.restorability.setBound.handler(({ input }) => {
        if (input.of === 'all') world.proofBounds.set('', input.days)
        else if (!world.hosts.has(input.hostId)) throw new Fault('not_found', { what: 'host', id: input.hostId })
        else if (input.days === null) world.proofBounds.delete(`${input.hostId} ${input.repositoryId}`)
        else world.proofBounds.set(`${input.hostId} ${input.repositoryId}`, input.days)
        return boardOf(world)
      }),
    },
  }
}

function boardOf(world: World) {
  const repositories = [...world.hosts.values()].flatMap((host) =>
    host.repositories.map(({ id }) => viewOf(world, host.id, id)),
  )
  const order = proofStateSchema.options
  return {
    usualBoundDays: world.proofBounds.get('') ?? 30,
    repositories: repositories.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state)),
  }
}

function viewOf(world: World, hostId: string, repositoryId: string): Restorability {
  const attempts = attemptsOf(world, hostId, repositoryId)
  const proofs = attempts.filter(({ outcome, proof }) => outcome === 'succeeded' && proof === 'verified').slice(0, 12)
  const [last] = attempts
  const [proof] = proofs
  const own = world.proofBounds.get(`${hostId} ${repositoryId}`)
  const verified = verifiedOf(world, hostId)
  const provenAt = [proof?.endedAt ?? proof?.at, verified.lastVerified?.at]
    .flatMap((at) => at ?? [])
    .toSorted()
    .at(-1)
  const boundDays = own ?? world.proofBounds.get('') ?? 30
  const failed = last !== undefined && (last.outcome === 'failed' || last.proof === 'differs')
  const snapshotAt = world.hosts.get(hostId)?.lastSnapshotAt ?? null
  return {
    hostId,
    repositoryId,
    state: stateOf(provenAt, boundDays, failed || verified.failing !== null),
    ...verified,
    lastSnapshot: snapshotAt === null ? null : { id: hexId(`snapshot:${repositoryId}:0`), time: snapshotAt },
    lastProof:
      proof === undefined
        ? null
        : { runId: proof.id, at: proof.endedAt ?? proof.at, bytes: proof.bytes, seconds: proof.seconds },
    lastAttempt: last === undefined ? null : { runId: last.id, at: last.endedAt ?? last.at, failed },
    boundDays,
    ownBound: own !== undefined,
    rates: proofs.flatMap(({ bytes, seconds }) => (bytes && seconds ? [bytes / seconds] : [])).toReversed(),
  }
}

function stateOf(provenAt: string | undefined, boundDays: number, failed: boolean): ProofState {
  if (failed) return 'failed'
  if (provenAt === undefined) return 'never'
  return PRESENT.getTime() - Date.parse(provenAt) > boundDays * DAY ? 'stale' : 'fresh'
}

/** What the replicas of machines that are called as the host have shown. */
function verifiedOf(world: World, hostId: string): Pick<Restorability, 'lastVerified' | 'failing'> {
  const all = world.plane.replicas.flatMap(({ planeId, id: replicaId, declaration, standings }) =>
    standings.flatMap(({ machineName: machine, lastReport, lastHealthy }): RepositoryVerification[] => {
      if (machine !== hostId) return []
      return [lastReport, lastReport?.healthy === true ? null : lastHealthy].flatMap((one) => {
        if (one === null) return []
        const { observedAt: at, healthy, snapshotId, error } = one
        const started = declaration.type.includes('postgres') && healthy ? { postgres: '15', databases: 12 } : null
        return [{ planeId, replicaId, replica: declaration.name, machine, at, healthy, snapshotId, error, started }]
      })
    }),
  )
  const sorted = all.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
  return {
    lastVerified: sorted.find(({ healthy }) => healthy) ?? null,
    failing: sorted.find(({ healthy }) => !healthy) ?? null,
  }
}

function attemptsOf(world: World, hostId: string, repositoryId: string): PastRestore[] {
  return world.pastRestores.filter(
    (one) =>
      one.hostId === hostId &&
      one.repositoryId === repositoryId &&
      one.runId !== null &&
      ['succeeded', 'partial', 'failed'].includes(one.outcome),
  )
}
