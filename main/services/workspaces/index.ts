import { Fault } from '../../../contract/errors.ts'
import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { WorkspacesService } from './workspaces-service.ts'

export { type Belongings, EnteredWorkspace, type ForeignCall } from './entered-workspace.ts'
export { WorkspacesService } from './workspaces-service.ts'

/** `workspaces.*` of the console's contract. */
export function workspaceHandlers(workspaces: WorkspacesService) {
  return {
    list: os.workspaces.list.handler(() => workspaces.list()),
    watch: os.workspaces.watch.handler(({ signal }) => workspaces.watch(signalOf({ signal }))),
    enter: os.workspaces.enter.handler(({ input, context }) => context.workspace.enter(input.workspaceId)),
    create: os.workspaces.create.handler(({ input }) => workspaces.create(input)),
    change: os.workspaces.change.handler(({ input: { workspaceId, name, color } }) =>
      workspaces.change(workspaceId, {
        ...(name === null ? {} : { name }),
        ...(color === null ? {} : { color }),
      }),
    ),
    remove: os.workspaces.remove.handler(({ input: { workspaceId, typed }, context }) => {
      if (context.workspace.id === workspaceId) {
        throw new Fault('conflict', { what: 'workspace_entered', detail: workspaces.get(workspaceId).name })
      }
      workspaces.remove(workspaceId, typed)
      return {}
    }),
  }
}
