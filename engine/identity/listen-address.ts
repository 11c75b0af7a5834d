/** Where to listen, or be found. */
export interface ListenAddress {
  /** A name or an address, one of IPv6 without brackets. */
  readonly host: string
  readonly port: number
}

/** `host:port`, as it is written. */
export function writeAddress({ host, port }: ListenAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** Read what `writeAddress` writes; port 0 lets the system choose. Undefined for anything else. */
export function readAddress(text: string): ListenAddress | undefined {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9][A-Za-z0-9.-]*)):(\d{1,5})$/.exec(text) ?? []
  const host = bracketed ?? plain
  if (host === undefined || port === undefined || Number(port) > 65_535) return undefined
  return { host, port: Number(port) }
}
