import type { ReplicaView } from '../../contract/control-plane/replica.ts'
import { targetsOf } from '../replicas/expand.ts'
import type { Declaration, Device } from '../store/index.ts'
import type { PlaneDeps } from './deps.ts'
import type { FleetReader } from './fleet-reader.ts'
import { replicaView } from './views.ts'

export type Both = PlaneDeps & FleetReader

/** A declaration as operators see it now. `device`: its consumer. */
export function viewOf({ intentsOf, group }: Both, declaration: Declaration, device: Device | undefined): ReplicaView {
  const intent = device === undefined ? undefined : intentsOf(device).get(declaration.intent)
  const view = replicaView(declaration, device?.name ?? null, intent)
  if (!declaration.redacts) return view
  // Nobody told this plane how any product is masked: what is to be redacted is withheld, machine by machine.
  const machines = targetsOf(declaration, group(declaration.groupId))
  const gap = { reason: 'product_has_no_manifest', version: null }
  return { ...view, redaction_gaps: machines.map(({ id, name }) => ({ server_id: id, server_name: name, ...gap })) }
}

export function viewed(both: Both, declarations: readonly Declaration[]): ReplicaView[] {
  const devices = new Map(both.store.devices.list().map((device) => [device.id, device]))
  return declarations.map((declaration) => viewOf(both, declaration, devices.get(declaration.consumerId)))
}
