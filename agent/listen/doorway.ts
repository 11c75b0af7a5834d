import type { Socket } from 'node:net'
import { sourceOf } from '../../engine/identity/source.ts'

interface Waiting {
  readonly socket: Socket
  readonly source: string
  readonly timer: NodeJS.Timeout
}

export interface DoorwayLimits {
  /** Connections that have not been let in yet. */
  readonly strangers: number
  /** Of these, from one address. */
  readonly strangersFromOne: number
  /** Milliseconds a connection has for being let in or answered. */
  readonly patience: number
}

export const DOORWAY_LIMITS: DoorwayLimits = { strangers: 64, strangersFromOne: 8, patience: 10_000 }

/**
 * Where connections wait until it is known whose they are. It holds so many and no longer than so long; whoever would be
 * one more is hung up on before a byte is read from it.
 */
export class Doorway implements Disposable {
  readonly #limits: DoorwayLimits
  readonly #waiting = new Map<string, Waiting>()
  readonly #bySource = new Map<string, number>()

  constructor(limits: DoorwayLimits) {
    this.#limits = limits
  }

  /** A connection has been made, and TLS has not begun. False when it was hung up on. */
  enter(socket: Socket): boolean {
    const { strangers, strangersFromOne, patience } = this.#limits
    const source = sourceOf(socket.remoteAddress)
    const fromOne = this.#bySource.get(source) ?? 0
    // One that is gone already has no address, by which it could be found again.
    if (socket.remoteAddress === undefined || this.#waiting.size >= strangers || fromOne >= strangersFromOne) {
      socket.destroy()
      return false
    }
    const name = nameOf(socket)
    const timer = setTimeout(() => socket.destroy(), patience)
    this.#waiting.set(name, { socket, source, timer })
    this.#bySource.set(source, fromOne + 1)
    socket.once('close', () => this.#leave(name))
    return true
  }

  /** It was let in; `socket` is the one that was entered, or TLS over it. */
  admit(socket: Socket): void {
    this.#leave(nameOf(socket))
  }

  /** Hang up on all who wait. */
  [Symbol.dispose](): void {
    for (const { socket } of this.#waiting.values()) socket.destroy()
  }

  #leave(name: string): void {
    const waiting = this.#waiting.get(name)
    if (waiting === undefined) return
    clearTimeout(waiting.timer)
    this.#waiting.delete(name)
    const left = (this.#bySource.get(waiting.source) ?? 1) - 1
    if (left > 0) this.#bySource.set(waiting.source, left)
    else this.#bySource.delete(waiting.source)
  }
}

/** A TLS socket does not lead back to the one below it, but both have the same other end. */
function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
