import { formatList } from '../../components/format.ts'
import { columnsOf } from './visible-text.ts'

/** Where the lines of a text lie in it, without their ends. */
export interface TextLines {
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** How the lines end, in words: `LF`, `CRLF`, `CR`, `LF and CRLF`; empty where no line ends. */
  readonly lineEnds: string
}

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** The lines of a text. A line end at the very end of it begins no other line. */
export function linesOf(text: string): TextLines {
  const starts: number[] = []
  const ends: number[] = []
  const seen = { LF: false, CRLF: false, CR: false }
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code !== LINE_FEED && code !== CARRIAGE_RETURN) continue
    const isPair = code === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED
    starts.push(start)
    ends.push(at)
    if (isPair) at += 1
    seen[isPair ? 'CRLF' : code === LINE_FEED ? 'LF' : 'CR'] = true
    start = at + 1
  }
  if (start < text.length || starts.length === 0) {
    starts.push(start)
    ends.push(text.length)
  }
  const kinds = (['LF', 'CRLF', 'CR'] as const).filter((kind) => seen[kind])
  return { starts: Int32Array.from(starts), ends: Int32Array.from(ends), lineEnds: formatList(kinds) }
}

/** Lines as they are drawn, in rows of one height. */
export interface TextRows {
  /** The line that each row is of, from 0. */
  readonly line: Int32Array
  readonly start: Int32Array
  readonly end: Int32Array
  /** Columns of the widest row. */
  readonly columns: number
}

/** Break lines into rows that fit into a number of columns, wherever that is in a word. */
export function wrapLines(text: string, { starts, ends }: TextLines, columns: number): TextRows {
  const line: number[] = []
  const start: number[] = []
  const end: number[] = []
  let widest = 0
  for (const [number, first] of starts.entries()) {
    const last = ends[number] ?? first
    let begin = first
    do {
      const { next, taken } = fillRow(text, { begin, last, columns })
      widest = Math.max(widest, taken)
      line.push(number)
      start.push(begin)
      end.push(next)
      begin = next
    } while (begin < last)
  }
  return {
    line: Int32Array.from(line),
    start: Int32Array.from(start),
    end: Int32Array.from(end),
    columns: widest,
  }
}

interface Row {
  readonly begin: number
  readonly last: number
  readonly columns: number
}

/** How much of a line fits into a row; at least a character. */
function fillRow(text: string, { begin, last, columns }: Row): { readonly next: number; readonly taken: number } {
  let taken = 0
  let at = begin
  while (at < last) {
    const code = text.codePointAt(at) ?? 0
    const width = columnsOf(code, taken)
    if (taken + width > columns && at > begin) break
    taken += width
    at += code > 0xffff ? 2 : 1
  }
  return { next: at, taken }
}
