import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Clock } from '../clock.ts'

/** Milliseconds. */
export interface HeartbeatTimes {
  readonly every: number
  /** Silence after which the other side is taken for dead. */
  readonly dead: number
  /** The same while something of ours is still on its way: on a slow link the question waits behind it. */
  readonly deadBehindBacklog: number
}

export const HEARTBEAT: HeartbeatTimes = { every: 5000, dead: 15_000, deadBehindBacklog: 60_000 }

/** Seconds of silence that a console may ask to be put up with. */
const LONGEST = 300

/**
 * The same for a console that says it is on a bad line: it is waited for longer than usual, never shorter, and not for
 * ever. What it says is a number of seconds, or nothing that counts.
 */
export function timesFor(said: string | undefined, times: HeartbeatTimes): HeartbeatTimes {
  if (said === undefined || !/^\d{1,3}$/.test(said)) return times
  const dead = Math.max(times.dead, Math.min(Number(said), LONGEST) * 1000)
  return { ...times, dead, deadBehindBacklog: Math.max(times.deadBehindBacklog, dead) }
}

interface HeartbeatOptions {
  readonly clock: Clock
  readonly times?: HeartbeatTimes
}

/**
 * Ask at every beat whether the other side is there, and end the connection when nothing has come from it for so long.
 * Every byte counts, not only whole messages: a large one may take longer than that. Dispose it with the connection.
 */
export function watchHeartbeat(
  webSocket: WebSocket,
  socket: Socket,
  { clock, times = HEARTBEAT }: HeartbeatOptions,
): Disposable {
  let lastBeat = clock.elapsed()
  let heardAfter = lastBeat
  let bytes = socket.bytesRead
  const timer = setInterval(() => {
    // What has come since the last beat may have come right after it: nothing is taken to be younger than it is.
    if (socket.bytesRead !== bytes) heardAfter = lastBeat
    bytes = socket.bytesRead
    lastBeat = clock.elapsed()
    const patience = webSocket.bufferedAmount > 0 ? times.deadBehindBacklog : times.dead
    if (lastBeat - heardAfter > patience - times.every / 2) return webSocket.terminate()
    if (webSocket.readyState === webSocket.OPEN) webSocket.ping()
  }, times.every)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
