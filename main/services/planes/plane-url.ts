import { Fault } from '../../../contract/errors.ts'

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** A token, and what a plane says, go over TLS, but to this very computer. Throws `invalid_input`. */
export function requireSafeUrl(url: string): void {
  const { protocol, hostname, username, password } = new URL(url)
  if (username !== '' || password !== '') throw invalid('A user and password do not stand in the address.')
  if (protocol !== 'https:' && !LOOPBACK.test(hostname)) throw invalid('An address elsewhere begins with https.')
}

/** True where both are the same server by the same way. */
export function sameOrigin(one: string, other: string | null): boolean {
  return other !== null && new URL(one).origin === new URL(other).origin
}

/** A token as it is sent, without what came along when it was copied; null stays so. Throws `invalid_input`. */
export function tidyToken(token: string | null): string | null {
  const tidy = token?.trim() ?? null
  if (tidy !== null && !/^[\x21-\x7e]*$/.test(tidy))
    throw invalid('A token is one word of plain letters and signs.', 'token')
  return tidy
}

function invalid(message: string, field = 'url'): Fault {
  return new Fault('invalid_input', { issues: [{ path: [field], message }] })
}
