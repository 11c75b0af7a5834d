import { worklistOf } from '../replicas/expand.ts'
import { type Declaration, type Device, nameKey } from '../store/index.ts'
import type { PlaneDeps } from './deps.ts'
import type { FleetReader } from './fleet-reader.ts'

interface Kept {
  readonly stamp: string
  readonly text: Buffer
}

/**
 * The worklists as they go out. Consumers ask twice a minute and hardly anything changes meanwhile: a text is kept until something that
 * it was made from does. Nothing of it depends on the time.
 */
export function worklistTexts(deps: Pick<PlaneDeps, 'store' | 'repositoryUrl'>, fleet: FleetReader) {
  const kept = new Map<string, Kept>()
  return (device: Pick<Device, 'id' | 'role'>): Buffer => {
    const declarations = fleet.declarationsOf(device.id)
    const stamp = stampOf(deps, device, declarations)
    const known = kept.get(device.id)
    if (known?.stamp === stamp) return known.text
    const text = Buffer.from(JSON.stringify(worklistOf(declarations, fleet.consumer(device))))
    kept.set(device.id, { stamp, text })
    return text
  }
}

/**
 * Changes with everything that a worklist is made from. As long as the consumer's own revision is the same, so are its declarations, and
 * sums over what they name only ever grow.
 */
function stampOf(
  { store, repositoryUrl }: Pick<PlaneDeps, 'store' | 'repositoryUrl'>,
  { id, role }: Pick<Device, 'id' | 'role'>,
  declarations: readonly Declaration[],
): string {
  const groups = [...new Set(declarations.map(({ groupId }) => groupId))]
  const sum = (keys: readonly string[]) => keys.reduce((total, key) => total + store.revisions.of(key), 0)
  const names = declarations.map(({ name }) => nameKey(name))
  return JSON.stringify([role, store.revisions.of(id), sum(groups), sum(names), groups.map(repositoryUrl)])
}
