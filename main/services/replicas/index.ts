import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { ReplicasService } from './replicas-service.ts'

export { LostChanges } from './lost-changes.ts'
export { ReplicasService } from './replicas-service.ts'

/** `replicas.*` of the console's contract. */
export function replicaHandlers(replicas: ReplicasService) {
  return {
    watch: os.replicas.watch.handler(({ context, signal }) =>
      replicas.watch(context.workspace.id, signalOf({ signal })),
    ),
    refresh: os.replicas.refresh.handler(async ({ context }) => {
      await replicas.refresh(context.workspace.id)
      return {}
    }),
    preview: os.replicas.preview.handler(({ input: { declaration, ...where }, signal }) =>
      replicas.preview(where, declaration, signalOf({ signal })),
    ),
    revokes: os.replicas.revokes.handler(({ input, signal }) => replicas.revokes(input, signalOf({ signal }))),
    declare: os.replicas.declare.handler(({ input: { planeId, declaration }, context: { origin } }) =>
      replicas.declare(planeId, origin, declaration),
    ),
    change: os.replicas.change.handler(({ input: { declaration, updatedAt, ...where }, context: { origin } }) =>
      replicas.change(where, origin, declaration, updatedAt),
    ),
    setEnabled: os.replicas.setEnabled.handler(({ input: { enabled, updatedAt, ...where }, context: { origin } }) =>
      replicas.setEnabled(where, origin, enabled, updatedAt),
    ),
    remove: os.replicas.remove.handler(async ({ input: { typed, ...where }, context: { origin } }) => {
      await replicas.remove(where, origin, typed)
      return {}
    }),
  }
}
