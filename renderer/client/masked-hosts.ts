import type { Reason } from '../../contract/reasons.ts'
import type { HostView } from '../../contract/shapes/host.ts'
import { maskHost, maskText } from '../components/masks.ts'

const views = new WeakMap<HostView, HostView>()
const lists = new WeakMap<readonly HostView[], readonly HostView[]>()

/**
 * A host under its mask: its name, its address, and what is said of its link. What the machine calls itself stays, for it is
 * compared with snapshots and typed to confirm; who shows it masks it. The same object for the same host.
 */
export function maskedHost(host: HostView): HostView {
  const known = views.get(host)
  if (known !== undefined) return known
  const { agent, link } = host
  const names = [host.name, agent?.hostname ?? '']
  const masked: HostView = {
    ...host,
    name: maskHost(host.name),
    door: maskedDoor(host),
    // Repositories are often called as what is backed up to them.
    repositories: host.repositories.map((one) => ({ ...one, name: maskText(one.name, names) })),
    link: { ...link, ...maskedReason(link, names) },
  }
  views.set(host, masked)
  return masked
}

function maskedReason({ reason, why }: Reason, names: readonly string[]): Reason {
  const values = Object.entries(why?.values ?? {}).map(([name, value]) => [name, maskText(String(value), names)])
  return { reason: maskText(reason, names), why: why && { ...why, values: Object.fromEntries(values) } }
}

function maskedDoor({ door, name }: HostView): HostView['door'] {
  switch (door.kind) {
    case 'local':
      return door
    case 'tls':
      return { ...door, address: `${maskHost(name)}:${door.address.split(':').at(-1) ?? ''}` }
    case 'ssh':
      return { ...door, destination: maskHost(name) }
  }
}

/** All of them; the same list for the same hosts. */
export function maskedHosts(hosts: readonly HostView[]): readonly HostView[] {
  const known = lists.get(hosts)
  if (known !== undefined) return known
  const masked = hosts.map(maskedHost)
  lists.set(hosts, masked)
  return masked
}
