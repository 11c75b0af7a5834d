import { refused } from '../../../contract/errors.ts'

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** A token, and what a plane says, go over TLS, but to this very computer. Throws `invalid_input`. */
export function requireSafeUrl(url: string): void {
  const { protocol, hostname, username, password } = new URL(url)
  if (username !== '' || password !== '') throw refused(['url'], 'plane_credentials')
  if (protocol !== 'https:' && !LOOPBACK.test(hostname)) throw refused(['url'], 'plane_without_tls')
}

/** True where both are the same server by the same way. */
export function sameOrigin(one: string, other: string | null): boolean {
  return other !== null && new URL(one).origin === new URL(other).origin
}

/** A token as it is sent, without what came along when it was copied; null stays so. Throws `invalid_input`. */
export function tidyToken(token: string | null): string | null {
  const tidy = token?.trim() ?? null
  if (tidy !== null && !/^[\x21-\x7e]*$/.test(tidy)) throw refused(['token'], 'plane_token')
  return tidy
}
