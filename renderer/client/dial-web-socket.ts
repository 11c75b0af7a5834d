import type { Port } from '../../contract/wire/port.ts'
import { webSocketPort } from '../../contract/wire/web-socket-port.ts'

/** The page was not let in: its ticket is missing or is not the one that the console gave out. */
export class TicketRefused extends Error {
  override readonly name = 'TicketRefused'
  readonly why: 'no-ticket' | 'wrong-ticket'

  constructor(why: 'no-ticket' | 'wrong-ticket') {
    super(why)
    this.why = why
  }
}

const KEY = 'ticket'
const IN_ADDRESS = /^#ticket=([\w-]+)$/

/** The ticket of the address at first load; kept for this tab, so that a reload needs no new one, and taken out of sight. */
export function takeTicket(window: Window): string | null {
  const found = IN_ADDRESS.exec(window.location.hash)?.[1]
  if (found === undefined) return window.sessionStorage.getItem(KEY)
  window.sessionStorage.setItem(KEY, found)
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}#/`)
  return found
}

/**
 * Open a WebSocket to the console that served this page. A page is not told why an upgrade failed, so a console that
 * still answers HTTP is taken to have refused it. Throws TicketRefused, or an Error when nothing answers.
 */
export async function dialWebSocket(window: Window, ticket: string | null): Promise<Port> {
  if (ticket === null) throw new TicketRefused('no-ticket')
  const socket = new WebSocket(`ws://${window.location.host}/wire`, ['console.v1', `ticket.${ticket}`])
  const opened = await new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true), { once: true })
    socket.addEventListener('close', () => resolve(false), { once: true })
  })
  if (opened)
    return webSocketPort(socket, (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)))
  const answers = await window.fetch('./', { method: 'HEAD', cache: 'no-store' }).then(
    () => true,
    () => false,
  )
  throw answers ? new TicketRefused('wrong-ticket') : new Error('the console does not answer')
}
