import { Fault } from '../contract/errors.ts'
import type { PlanPage, RestorePlan, RestoreRequest } from '../contract/shapes/restore.ts'
import type { Run } from '../contract/shapes/run.ts'
import type { implementAgent } from './contents-double.ts'
import { newRestore, PLAIN_MANNER, type RestoreSubject, restoreSubject } from './restore-request.ts'

const NOW = '2026-11-21T02:00:00.000Z'
/** Of whatever is planned: nothing moves on in this double, unless a test says that it has. */
export const PLAN_HASH = 'd'.repeat(64)
const NOTHING = { items: 0, bytes: 0 }

export interface RestoresDoubleDeps {
  /** The name that its agent says. */
  readonly hostname: string
  run(runId: string): Run
  start(requestKey: string, subject: Run['subject'], repositoryId: string): Promise<Run>
}

/** The restores of the agent's double: they are begun and remembered, and nothing is written. */
export function restoresDouble(
  os: ReturnType<typeof implementAgent.use>,
  { hostname, run, start }: RestoresDoubleDeps,
) {
  const subjectOf = (request: RestoreRequest): { subject: RestoreSubject; repositoryId: string } => {
    if (request.kind === 'new') return { subject: restoreSubject(request), repositoryId: request.repositoryId }
    const { subject, repositoryId } = run(request.runId)
    if (subject.kind !== 'restore') throw new Fault('not_found', { what: 'run', id: request.runId })
    return { subject: { ...subject, follows: request }, repositoryId }
  }
  return {
    plan: os.restore.plan.handler(({ input }): RestorePlan => {
      const { subject, repositoryId } = subjectOf(input.request)
      return { ...PLAN, targetPath: subject.targetPath, repositoryId, follows: subject.follows }
    }),
    planItems: os.restore.planItems.handler(({ input }): PlanPage => {
      if (input.hash !== PLAN_HASH) throw new Fault('not_found', { what: 'plan', id: input.hash })
      return { offset: input.offset, total: 0, items: EMPTY_PAGE }
    }),
    start: os.restore.start.handler(({ input }) => {
      const { subject, repositoryId } = subjectOf(input.request)
      if (subject.target.kind === 'in-place')
        throw new Fault('conflict', { what: 'confirmation_needed', detail: subject.targetPath })
      return start(input.requestKey, { ...subject, planHash: input.planHash }, repositoryId)
    }),
    startInPlace: os.restore.startInPlace.handler(({ input: { request, requestKey, planHash, confirmation } }) => {
      if (confirmation.hostname !== hostname) throw new Fault('conflict', { what: 'wrong_host_name', detail: hostname })
      const { subject, repositoryId } = subjectOf(request)
      const { reason, safetySnapshot } = confirmation
      const said = { planHash, reason, safetySnapshot: safetySnapshot ? ('wanted' as const) : null }
      return start(requestKey, { ...subject, ...said }, repositoryId)
    }),
  }
}

const PLAN: RestorePlan = {
  hash: PLAN_HASH,
  madeAt: NOW,
  totals: { delete: NOTHING, update: NOTHING, create: { items: 2, bytes: 10 }, skip: NOTHING, unchanged: NOTHING },
  files: 2,
  bytes: 10,
  targetPath: '/var/restic-restore/<run-id>',
  fresh: true,
  free: null,
  lockedBy: null,
  commands: [],
  secondsExpected: null,
  repositoryId: 'r',
  sources: newRestore('b'.repeat(64)).sources,
  manner: PLAIN_MANNER,
  follows: null,
}

const EMPTY_PAGE: PlanPage['items'] = { path: [], type: [], action: [], size: [], differs: [], comesAs: [] }
