import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { NewRestore, RestorePlan, RestoreRequest } from '../contract/shapes/restore.ts'
import { isEnded, type Run } from '../contract/shapes/run.ts'
import type { ResticRepository } from '../engine/restic/repository.ts'
import { makeRepository, restic, runRestic } from './restic.ts'
import { type AgentWorld, agentWorld } from '../agent/testing/agent-world.ts'
import { restoreOf } from '../agent/testing/restore-request.ts'

export interface InPlaceWorld extends AgentWorld {
  /** The folder of this host that was backed up, with its whole path. */
  readonly host: string
  readonly repository: ResticRepository
  readonly repositoryId: string
  readonly snapshotId: string
  /** A restore of the folder to where it was. */
  readonly request: (changes?: Partial<NewRestore>) => NewRestore
  readonly startInPlace: (
    plan: RestorePlan,
    request: RestoreRequest,
    changes?: { readonly safetySnapshot?: boolean; readonly hostname?: string },
  ) => Promise<Run>
  /** Plan it, start it as it was planned, and wait for its end. */
  readonly restoreInPlace: (request: RestoreRequest, changes?: { readonly safetySnapshot?: boolean }) => Promise<Run>
  readonly ended: (runId: string) => Promise<Run>
}

/** An agent on a host whose `fill` was backed up with its full path; what is changed after that is the test's. */
export async function inPlaceWorld(directory: string, fill: (host: string) => void): Promise<InPlaceWorld> {
  const host = join(directory, 'host')
  fill(host)
  const { repository } = await makeRepository({ directory })
  const said = await runRestic(repository, ['backup', '--json', '--quiet', host])
  const { snapshot_id: snapshotId } = JSON.parse(said.trim().split('\n').at(-1) ?? '') as { snapshot_id: string }
  const world = await agentWorld(directory, { resticCandidates: [restic().path] })
  const { url, password } = repository.access
  const access = { url, username: '', serverPassword: '', password }
  const { id: repositoryId } = await world.client.repository.add({ name: 'main', access })
  return {
    ...world,
    ...doings(world),
    host,
    repository,
    repositoryId,
    snapshotId,
    request: (changes = {}) =>
      restoreOf({ repositoryId, snapshotId }, { include: [host], target: { kind: 'in-place' }, ...changes }),
  }
}

/** What may be done to any agent that may restore in place. */
export function doings({ client }: AgentWorld): Pick<InPlaceWorld, 'startInPlace' | 'restoreInPlace' | 'ended'> {
  const startInPlace: InPlaceWorld['startInPlace'] = ({ hash: planHash }, request, changes = {}) =>
    client.restore.startInPlace({
      request,
      planHash,
      requestKey: randomUUID(),
      confirmation: { hostname: hostname(), reason: 'a test wants it', safetySnapshot: true, ...changes },
    })
  const ended = async (runId: string): Promise<Run> => {
    for await (const event of await client.run.follow({ runId }))
      if (event.type === 'state' && isEnded(event.run.state)) break
    return client.run.get({ runId })
  }
  return {
    startInPlace,
    ended,
    restoreInPlace: async (request, changes) => {
      const plan = await client.restore.plan({ request })
      return ended((await startInPlace(plan, request, changes)).id)
    },
  }
}
