import { StringDecoder } from 'node:string_decoder'

/** Characters; what is longer is cut, the rest of the line is dropped. */
const LONGEST_LINE = 1024 * 1024

export interface LineSplitter {
  push(chunk: Uint8Array): void
  /** The output has ended: what came after the last newline is a line too. */
  end(): void
}

/** Cut a stream of bytes into lines of text as they come; memory stays bounded whatever a program prints. */
export function splitLines(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const take = (text: string) => {
    const lines = text.split('\n')
    const last = lines.pop() ?? ''
    for (const line of lines) {
      onLine(withoutReturn(bounded(rest + line)))
      rest = ''
    }
    rest = bounded(rest + last)
  }
  return {
    push: (chunk) => take(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))),
    end: () => {
      take(decoder.end())
      if (rest !== '') onLine(withoutReturn(rest))
      rest = ''
    },
  }
}

export interface Tail {
  add(line: string): void
  /** The last lines that fit, joined by newlines. */
  text(): string
}

/** Keep the end of what was printed: at most `limit` characters, in whole lines but for one that is longer itself. */
export function keepTail(limit: number): Tail {
  const lines: string[] = []
  let length = 0
  return {
    add: (line) => {
      const kept = line.slice(0, limit)
      lines.push(kept)
      length += kept.length + 1
      while (length > limit + 1) length -= (lines.shift()?.length ?? 0) + 1
    },
    text: () => lines.join('\n'),
  }
}

function bounded(line: string): string {
  return line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE) : line
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
