import { worklistOf } from '../replicas/expand.ts'
import { type Declaration, type Device, nameKey } from '../store/index.ts'
import type { PlaneDeps } from './deps.ts'
import type { FleetReader } from './fleet-reader.ts'

/** What a consumer's declarations name, and the text that was made of them. */
interface Kept {
  readonly declarations: readonly Declaration[]
  readonly groups: readonly string[]
  readonly names: readonly string[]
  readonly stamp: string
  readonly text: Buffer
}

/**
 * The worklists as they go out. Consumers ask twice a minute and hardly anything changes meanwhile: a text is kept until something that
 * it was made from does. Nothing of it depends on the time.
 */
export function worklistTexts(
  { store, repositoryUrl }: Pick<PlaneDeps, 'store' | 'repositoryUrl'>,
  fleet: FleetReader,
) {
  const kept = new Map<string, Kept>()
  const sum = (keys: readonly string[]) => keys.reduce((total, key) => total + store.revisions.of(key), 0)
  return (device: Pick<Device, 'id' | 'role'>): Buffer => {
    const declarations = fleet.declarationsOf(device.id)
    const known = kept.get(device.id)
    const { groups, names } = known?.declarations === declarations ? known : namedBy(declarations)
    // With the consumer's own revision its declarations are the same, and sums over what they name only ever grow.
    const revisions = [store.revisions.of(device.id), sum(groups), sum(names)]
    const stamp = JSON.stringify([device.role, revisions, groups.map(repositoryUrl)])
    if (known?.stamp === stamp) return known.text
    const text = Buffer.from(JSON.stringify(worklistOf(declarations, fleet.consumer(device))))
    kept.set(device.id, { declarations, groups, names, stamp, text })
    return text
  }
}

function namedBy(declarations: readonly Declaration[]): Pick<Kept, 'groups' | 'names'> {
  const groups = [...new Set(declarations.map(({ groupId }) => groupId))]
  return { groups, names: declarations.map(({ name }) => nameKey(name)) }
}
