import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** The version of what is spoken over the page's WebSocket; a page that does not offer it is none of ours. */
export const SUBPROTOCOL = 'console.v1'

/**
 * What lets a page in: 256 random bits, made per process, given out in the fragment of one address. Not in a query,
 * which reaches logs and history; not in a cookie, which any other program on this address would be sent.
 */
export class Ticket {
  readonly text = randomBytes(32).toString('base64url')

  /** True when a `Sec-WebSocket-Protocol` header offers our protocol and this ticket; takes the same time for any. */
  admits(offered: string | undefined): boolean {
    const protocols = (offered ?? '').split(',').map((protocol) => protocol.trim())
    const given = protocols.find((protocol) => protocol.startsWith('ticket.')) ?? ''
    return timingSafeEqual(digest(given), digest(`ticket.${this.text}`)) && protocols.includes(SUBPROTOCOL)
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
