import type { Port } from './port.ts'

/** Two ends of a port in one process, for tests and the gallery. Frames arrive later, as on any wire. */
export function memoryPorts(): [Port, Port] {
  const left = new End()
  const right = new End()
  return [portBetween(left, right), portBetween(right, left)]
}

class End {
  readonly frames = new Set<(frame: string) => void>()
  readonly closes = new Set<(reason: string) => void>()
  readonly early: string[] = []
  closedFor: string | undefined

  receive(frame: string): void {
    if (this.frames.size === 0) this.early.push(frame)
    for (const listener of this.frames) listener(frame)
  }

  close(reason: string): void {
    if (this.closedFor !== undefined) return
    this.closedFor = reason
    for (const listener of this.closes) listener(reason)
  }
}

function portBetween(mine: End, theirs: End): Port {
  return {
    send(frame) {
      if (mine.closedFor === undefined) void Promise.resolve().then(() => theirs.receive(frame))
    },
    onFrame(listener) {
      mine.frames.add(listener)
      for (const frame of mine.early.splice(0)) listener(frame)
    },
    onClose(listener) {
      if (mine.closedFor !== undefined) listener(mine.closedFor)
      mine.closes.add(listener)
    },
    close(reason) {
      mine.close(reason)
      theirs.close(reason)
    },
  }
}
