import { Fault } from '../../../contract/errors.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RestorePlan, RestoreRequest, Target } from '../../../contract/shapes/restore.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import { hexId } from './ids.ts'
import type { Implementation } from './implementation.ts'
import { type RestoreSubject, restoreOf } from './runs.ts'
import { hostOf, start } from './start-run.ts'
import type { World } from './world.ts'

const NOTHING = { items: 0, bytes: 0 }
const BYTES = 38 * 1024 ** 2

/** `restores.*` over a world in memory. */
export function ofPlans(os: Implementation, world: World) {
  return {
    restores: {
      plan: os.restores.plan.handler(({ input }) => planOf(world, input.hostId, input.request)),
      planItems: os.restores.planItems.handler(({ input }) => ({
        offset: input.offset,
        total: 0,
        items: { path: [], type: [], action: [], size: [], differs: [], comesAs: [] },
      })),
      start: os.restores.start.handler(({ input }) => begin(world, input, {})),
      startInPlace: os.restores.startInPlace.handler(({ input }) => {
        const { hostname, reason, safetySnapshot } = input.confirmation
        const wanted = hostOf(world, input.hostId).agent?.hostname ?? ''
        if (hostname !== wanted) throw new Fault('conflict', { what: 'wrong_host_name', detail: wanted })
        return begin(world, input, { reason, safetySnapshot: safetySnapshot ? 'wanted' : null })
      }),
    },
  }
}

function planOf(world: World, hostId: string, request: RestoreRequest): RestorePlan {
  const { subject, repositoryId } = subjectOf(world, request)
  const { target, layout, conflicts, deleteExtra, readBack } = subject
  return {
    hash: hexId(JSON.stringify(request)),
    madeAt: new Date().toISOString(),
    totals: {
      delete: NOTHING,
      update: NOTHING,
      create: { items: 214, bytes: BYTES },
      skip: NOTHING,
      unchanged: NOTHING,
    },
    files: 214,
    bytes: BYTES,
    targetPath: targetPath(hostOf(world, hostId), target, '<run-id>'),
    fresh: target.kind === 'staging',
    free: 58 * 1024 ** 3,
    lockedBy: null,
    commands: [],
    secondsExpected: null,
    repositoryId,
    sources: subject.sources,
    manner: { target, layout, conflicts, deleteExtra, readBack },
    follows: subject.follows,
  }
}

interface Asked {
  readonly hostId: string
  readonly request: RestoreRequest
  readonly requestKey: string
  readonly planHash: string | null
}

function begin(
  world: World,
  { hostId, request, requestKey, planHash }: Asked,
  said: Partial<Pick<RestoreSubject, 'reason' | 'safetySnapshot'>>,
): Run {
  const { subject, repositoryId } = subjectOf(world, request)
  const folder = targetPath(hostOf(world, hostId), subject.target, `run-${requestKey.slice(0, 8)}`)
  return start(world, hostId, {
    repositoryId,
    requestKey,
    subject: { ...subject, ...said, targetPath: folder, planHash },
  })
}

function subjectOf(world: World, request: RestoreRequest): { subject: RestoreSubject; repositoryId: string } {
  if (request.kind === 'new') {
    const { kind: _, repositoryId, sources, ...manner } = request
    const known = world.snapshots.get(repositoryId)
    const timeOf = (snapshotId: string): string => known?.find(({ id }) => id === snapshotId)?.time ?? ''
    const timed = sources.map((source) => ({ ...source, snapshotTime: timeOf(source.snapshotId) }))
    return { subject: restoreOf({ ...manner, sources: timed }), repositoryId }
  }
  const run = world.runs.get(request.runId)?.run
  if (run?.subject.kind !== 'restore') throw new Fault('not_found', { what: 'run', id: request.runId })
  return { subject: { ...run.subject, follows: request, evidence: null }, repositoryId: run.repositoryId }
}

function targetPath(host: HostView, target: Target, runId: string): string {
  switch (target.kind) {
    case 'staging':
      return `${host.agent?.stagingRoot ?? ''}/${runId}`
    case 'path':
      return target.path
    case 'in-place':
      return '/'
  }
}
