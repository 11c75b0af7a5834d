import { messagePort } from '../../contract/wire/message-port.ts'
import type { Port } from '../../contract/wire/port.ts'

const ASK = 'restore-console:ask'
const CHANNEL = 'restore-console:port'

/** Ask the preload script for a port to main, which it hands to this window. Each asking is given a new one. */
export function dialMessagePort(window: Window): Promise<Port> {
  return new Promise((resolve) => {
    const take = (event: MessageEvent<unknown>): void => {
      const port = event.ports[0]
      if (event.source !== window || event.data !== CHANNEL || port === undefined) return
      window.removeEventListener('message', take)
      resolve(messagePort(port))
    }
    window.addEventListener('message', take)
    window.postMessage(ASK, window.location.origin)
  })
}
