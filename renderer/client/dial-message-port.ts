import { messagePort } from '../../contract/wire/message-port.ts'
import type { Port } from '../../contract/wire/port.ts'

const CHANNEL = 'restore-console:port'

/** Wait for the port that the preload script hands to this window. It may come again after main was reloaded. */
export function dialMessagePort(window: Window): Promise<Port> {
  return new Promise((resolve) => {
    const take = (event: MessageEvent<unknown>): void => {
      const port = event.ports[0]
      if (event.source !== window || event.data !== CHANNEL || port === undefined) return
      window.removeEventListener('message', take)
      resolve(messagePort(port))
    }
    window.addEventListener('message', take)
  })
}
