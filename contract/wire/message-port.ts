import type { Port } from './port.ts'

/** What a DOM MessagePort, a `node:worker_threads` one and Electron's MessagePortMain have in common. */
export interface MessagePortLike {
  postMessage(data: unknown): void
  close(): void
  start?(): void
  addEventListener?(type: string, listener: never): void
  on?(type: string, listener: never): unknown
}

/**
 * A port over a message port. Chromium tells a page nothing when the other end of its port closes, so the one who
 * closes says so with a null. Node's ports hand their listener the data itself, the others an event around it.
 */
export function messagePort(port: MessagePortLike): Port {
  const closes = new Set<(reason: string) => void>()
  let closedFor: string | undefined
  const end = (reason: string): void => {
    if (closedFor !== undefined) return
    closedFor = reason
    for (const listener of closes) listener(reason)
  }
  const listen = (type: string, listener: (data: unknown) => void): void => {
    if (port.addEventListener !== undefined)
      port.addEventListener(type, ((event: { data?: unknown }) => listener(event.data)) as never)
    else port.on?.(type, ((event: unknown) => listener(isEvent(event) ? event.data : event)) as never)
  }
  listen('close', () => end('the other side is gone'))
  return {
    send(frame) {
      if (closedFor === undefined) port.postMessage(frame)
    },
    onFrame(listener) {
      listen('message', (data) => {
        if (typeof data === 'string') listener(data)
        else if (data === null) end('the other side closed')
      })
      port.start?.()
    },
    onClose(listener) {
      if (closedFor !== undefined) listener(closedFor)
      closes.add(listener)
    },
    close(reason) {
      if (closedFor === undefined) {
        port.postMessage(null)
        port.close()
      }
      end(reason)
    },
  }
}

function isEvent(value: unknown): value is { readonly data: unknown } {
  return typeof value === 'object' && value !== null && 'data' in value
}
