import { Fault } from '../../../contract/errors.ts'
import type { AuditService } from '../audit/index.ts'
import { type ConsoleContext, os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { WorkspacesService } from './workspaces-service.ts'

export { type Belongings, EnteredWorkspace, type ForeignCall, type Place } from './entered-workspace.ts'
export { WorkspacesService } from './workspaces-service.ts'

/** `workspaces.*` of the console's contract. What is changed is written down before, in the workspace of whoever asks. */
export function workspaceHandlers(workspaces: WorkspacesService, audit: Pick<AuditService, 'perform'>) {
  const written = async <T>(
    { origin, workspace }: ConsoleContext,
    summary: string,
    carryOut: () => T | Promise<T>,
  ): Promise<T> =>
    await audit.perform({ action: 'workspace.change', origin, workspaceId: workspace.id, summary }, async () =>
      carryOut(),
    )
  return {
    list: os.workspaces.list.handler(() => workspaces.list()),
    watch: os.workspaces.watch.handler(({ signal }) => workspaces.watch(signalOf({ signal }))),
    enter: os.workspaces.enter.handler(({ input, context }) => context.workspace.enter(input.workspaceId)),
    create: os.workspaces.create.handler(({ input, context }) =>
      written(context, `${input.name} made`, () => workspaces.create(input)),
    ),
    change: os.workspaces.change.handler(({ input: { workspaceId, name, color }, context }) => {
      const changed = [name === null ? [] : `now ${name}`, color === null ? [] : `in ${color}`].flat().join(', ')
      return written(context, `${workspaces.get(workspaceId).name}: ${changed}`, () =>
        workspaces.change(workspaceId, {
          ...(name === null ? {} : { name }),
          ...(color === null ? {} : { color }),
        }),
      )
    }),
    remove: os.workspaces.remove.handler(({ input: { workspaceId, typed }, context }) => {
      const { name } = workspaces.get(workspaceId)
      return written(context, `${name} removed`, async () => {
        if (context.workspace.id === workspaceId)
          throw new Fault('conflict', { what: 'workspace_entered', detail: name })
        await workspaces.remove(workspaceId, typed)
        return {}
      })
    }),
  }
}
