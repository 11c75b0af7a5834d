import { hostname, networkInterfaces } from 'node:os'
import { type ListenAddress, writeAddress } from '../engine/identity/listen-address.ts'

const EVERY: readonly string[] = ['0.0.0.0', '::']

/** `https://host:port` at which others come to what listens there; an address that means every one is none that could be dialled. */
export function urlAt({ host, port }: ListenAddress, scheme: 'http' | 'https'): string {
  return `${scheme}://${writeAddress({ host: EVERY.includes(host) ? hostname() : host, port })}`
}

/** All that a certificate should name for what listens at these addresses: they, and this computer as it calls itself. */
export function hostsNamed(listened: readonly string[]): string[] {
  const own = ['localhost', '127.0.0.1', '::1', hostname()]
  const every = listened.some((host) => EVERY.includes(host)) ? interfaceAddresses() : []
  return [...new Set([...own, ...every, ...listened.filter((host) => !EVERY.includes(host))])]
}

/** Without those that mean something on one line alone. */
function interfaceAddresses(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  return addresses.map(({ address }) => address).filter((address) => !/^fe80:/i.test(address))
}
