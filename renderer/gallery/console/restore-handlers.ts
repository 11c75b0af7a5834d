import { Fault } from '../../../contract/errors.ts'
import { permits, type Role } from '../../../contract/procedure.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { InPlaceConfirmation, RestorePlan, RestoreRequest } from '../../../contract/shapes/restore.ts'
import type { Implementation } from './implementation.ts'
import { plannedFor, planPage, planRestore, targetPathOf } from './plans.ts'
import { hostOf, start } from './start-run.ts'
import type { World } from './world.ts'

/** What plans and starts restores. */
export function ofRestores(os: Implementation, world: World) {
  return {
    restores: {
      plan: os.restores.plan.handler(({ input }) => planRestore(world, input.hostId, input.request)),
      planItems: os.restores.planItems.handler(({ input }) => planPage(world, input)),
      start: os.restores.start.handler(({ input }) => {
        requireRole(hostOf(world, input.hostId), 'operator')
        return begin(world, { ...input, confirmation: null })
      }),
      startInPlace: os.restores.startInPlace.handler(({ input }) => {
        const host = hostOf(world, input.hostId)
        requireRole(host, 'admin')
        const hostname = host.agent?.hostname ?? ''
        if (input.confirmation.hostname !== hostname)
          throw new Fault('conflict', { what: 'wrong_host_name', detail: hostname })
        return begin(world, input)
      }),
      defaults: os.restores.defaults.handler(() => world.restoreDefaults),
      changeDefault: os.restores.changeDefault.handler(({ input: { chosen } }) => {
        world.restoreDefaults = { ...world.restoreDefaults, everywhere: chosen }
        return world.restoreDefaults
      }),
      changeDefaultOn: os.restores.changeDefaultOn.handler(({ input: { hostId, chosen } }) => {
        const { everywhere, hosts } = world.restoreDefaults
        const others = hosts.filter((own) => own.hostId !== hostId)
        world.restoreDefaults = { everywhere, hosts: chosen === null ? others : [...others, { hostId, chosen }] }
        return world.restoreDefaults
      }),
    },
  }
}

function requireRole({ agent }: HostView, needs: Role): void {
  if (agent !== null && !permits(agent.granted.role, needs)) throw new Fault('forbidden', { needs })
}

interface Asked {
  readonly hostId: string
  readonly request: RestoreRequest
  readonly requestKey: string
  readonly planHash: string | null
  readonly confirmation: InPlaceConfirmation | null
}

function begin(world: World, { hostId, request, requestKey, planHash, confirmation }: Asked) {
  // Asked once more: the plan may be another by now, for that run has begun.
  const known = [...world.runs.values()].find(({ run }) => run.requestKey === requestKey)
  if (known !== undefined) return known.run
  const plan = plannedFor(world, hostId, request, planHash)
  if (plan.manner.target.kind === 'in-place' && confirmation === null)
    throw new Fault('conflict', { what: 'confirmation_needed', detail: '' })
  const subject = { ...subjectOf(world, plan, confirmation), targetPath: pathOf(world, hostId, plan, requestKey) }
  return start(world, hostId, { repositoryId: plan.repositoryId, requestKey, subject })
}

function pathOf(world: World, hostId: string, { manner }: RestorePlan, requestKey: string): string {
  const root = hostOf(world, hostId).agent?.stagingRoot ?? ''
  return targetPathOf(manner, root, `run-${requestKey.slice(0, 8)}`)
}

function subjectOf(world: World, plan: RestorePlan, confirmation: InPlaceConfirmation | null) {
  const timeOf = (id: string): string =>
    world.snapshots.get(plan.repositoryId)?.find((snapshot) => snapshot.id === id)?.time ?? plan.madeAt
  const saves = confirmation?.safetySnapshot === true && plan.totals.update.items + plan.totals.delete.items > 0
  return {
    kind: 'restore',
    ...plan.manner,
    sources: plan.sources.map((source) => ({ ...source, snapshotTime: timeOf(source.snapshotId) })),
    planHash: plan.hash,
    follows: plan.follows,
    reason: confirmation?.reason ?? '',
    safetySnapshot: saves ? 'wanted' : null,
    evidence: null,
  } as const
}
