import { MAX_FRAME, type Port } from './port.ts'

/** What is used of a readable stream of Node's: standard input, a socket, the output of a program. */
export interface PipeInput {
  setEncoding(encoding: 'utf8'): unknown
  on(event: 'data', listener: (text: string) => void): unknown
  on(event: 'end' | 'close', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  destroy(): unknown
}

/** And of a writable one; the same socket may be both. */
export interface PipeOutput {
  readonly writableNeedDrain: boolean
  write(text: string): boolean
  end(then: () => void): unknown
  on(event: 'drain' | 'close', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

/**
 * A port over a pair of byte streams: one frame a line, which JSON never breaks by itself. A line of more than `limit`
 * characters closes the port before it has been gathered. Reading begins with the first listener for frames.
 */
export function pipePort(input: PipeInput, output: PipeOutput, limit = MAX_FRAME): Port {
  const closes = new Set<(reason: string) => void>()
  const lines = lineReader(limit)
  let closedFor: string | undefined
  let roomMade = Promise.withResolvers<void>()
  const wake = (): void => {
    roomMade.resolve()
    roomMade = Promise.withResolvers<void>()
  }
  const end = (reason: string): void => {
    if (closedFor !== undefined) return
    closedFor = reason
    wake()
    // What was sent before is still to arrive.
    output.end(() => input.destroy())
    for (const listener of closes) listener(reason)
  }
  input.on('end', () => end('the other side closed'))
  input.on('close', () => end('the other side closed'))
  input.on('error', ({ message }) => end(message))
  output.on('close', () => end('the other side closed'))
  output.on('error', ({ message }) => end(message))
  output.on('drain', wake)
  return {
    send(frame) {
      if (closedFor === undefined) output.write(`${frame}\n`)
    },
    onFrame(listener) {
      input.setEncoding('utf8')
      input.on('data', (text) => {
        for (const line of lines(text)) {
          if (closedFor !== undefined) return
          if (line === undefined) return end('a line is too long')
          listener(line)
        }
      })
    },
    onClose(listener) {
      if (closedFor !== undefined) listener(closedFor)
      closes.add(listener)
    },
    close: end,
    async ready() {
      while (output.writableNeedDrain && closedFor === undefined) await roomMade.promise
    },
  }
}

/** Gives the lines that each piece of text completes; undefined in place of one that is longer than `limit`. */
function lineReader(limit: number): (text: string) => Generator<string | undefined> {
  let pieces: string[] = []
  let length = 0
  return function* read(text) {
    let from = 0
    while (true) {
      const at = text.indexOf('\n', from)
      const piece = text.slice(from, at === -1 ? undefined : at)
      length += piece.length
      if (length > limit) return yield undefined
      pieces.push(piece)
      if (at === -1) return
      const line = pieces.join('')
      pieces = []
      length = 0
      from = at + 1
      yield line
    }
  }
}
