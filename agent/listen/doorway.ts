import type { Socket } from 'node:net'
import { LONGEST_REACH } from '../../contract/shapes/link-times.ts'
import { sourceOf } from '../../engine/identity/source.ts'
import type { Clock } from '../clock.ts'

interface Waiting {
  readonly socket: Socket
  readonly source: string
  readonly timer: NodeJS.Timeout
  /** On the clock that only goes forward. */
  readonly since: number
}

export interface DoorwayLimits {
  /** Connections that have not been let in yet. */
  readonly strangers: number
  /** Of these, from one address. */
  readonly strangersFromOne: number
  /**
   * Milliseconds a connection has for being let in or answered, from its beginning. Over a satellite a lost packet alone is
   * sent again after ten seconds or more.
   */
  readonly patience: number
  /** Milliseconds after which it makes room where there is no other. */
  readonly certain: number
}

export const DOORWAY_LIMITS: DoorwayLimits = {
  strangers: 64,
  strangersFromOne: 8,
  patience: LONGEST_REACH * 1000,
  certain: 10_000,
}

/**
 * Where connections wait until it is known whose they are. It holds so many and no longer than so long. For one more, the
 * oldest is hung up on that has had its time; where none has, the new one is, before a byte is read from it. So a slow line
 * is waited for, and whoever fills the doorway with silent connections has to make them anew as often as if it were not.
 */
export class Doorway implements Disposable {
  readonly #limits: DoorwayLimits
  readonly #waiting = new Map<string, Waiting>()
  readonly #bySource = new Map<string, number>()

  readonly #clock: Pick<Clock, 'elapsed'>

  constructor(limits: DoorwayLimits, clock: Pick<Clock, 'elapsed'>) {
    this.#limits = limits
    this.#clock = clock
  }

  /** A connection has been made, and TLS has not begun. False when it was hung up on. */
  enter(socket: Socket): boolean {
    const source = sourceOf(socket.remoteAddress)
    // One that is gone already has no address, by which it could be found again.
    if (socket.remoteAddress === undefined || !this.#hasRoomFor(source)) {
      socket.destroy()
      return false
    }
    const name = nameOf(socket)
    const timer = setTimeout(() => socket.destroy(), this.#limits.patience)
    this.#waiting.set(name, { socket, source, timer, since: this.#clock.elapsed() })
    this.#bySource.set(source, (this.#bySource.get(source) ?? 0) + 1)
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

  /** Makes room where it can: of the same address first, whose limit is the narrower one. */
  #hasRoomFor(source: string): boolean {
    const { strangers, strangersFromOne } = this.#limits
    const fromOne = this.#bySource.get(source) ?? 0
    if (fromOne >= strangersFromOne) return this.#endOldest((one) => one.source === source)
    return this.#waiting.size < strangers || this.#endOldest(() => true)
  }

  /** False where none has had its time. They are in the order in which they came. */
  #endOldest(isMeant: (one: Waiting) => boolean): boolean {
    const dueBefore = this.#clock.elapsed() - this.#limits.certain
    for (const [name, one] of this.#waiting) {
      if (!isMeant(one)) continue
      if (one.since > dueBefore) return false
      this.#leave(name)
      one.socket.destroy()
      return true
    }
    return false
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
