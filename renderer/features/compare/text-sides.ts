import { encodingWords, linesOf } from '../preview/index.ts'
import type { SideContents } from './file-sides.ts'

/** A text as one side has it. */
export interface TextSide {
  readonly contents: SideContents
  readonly text: string
  readonly encoding: string
  /** What the side is called. */
  readonly title: string
  /** The side has no such file. */
  readonly isMissing: boolean
}

/** A side's text; of a side that has no such file, and of an empty file, none at all. Null for what is no text. */
export function textOf(contents: SideContents | undefined, title: string): TextSide | null {
  const empty = { text: '', encoding: 'none', title }
  if (contents === undefined) return { ...empty, contents: NOTHING, isMissing: true }
  const { content } = contents
  if (content.kind === 'empty') return { ...empty, contents, isMissing: false }
  if (content.kind !== 'text') return null
  return { contents, text: content.text, encoding: encodingWords(content.encoding), title, isMissing: false }
}

const NOTHING: SideContents = {
  content: { kind: 'empty' },
  bytes: new Uint8Array(0),
  base64: '',
  size: 0,
  same: null,
}

export function splitText(text: string): { readonly lines: readonly string[]; readonly ends: string } {
  const { starts, ends, lineEnds } = linesOf(text)
  const lines = Array.from(starts, (start, at) => text.slice(start, ends[at]))
  return { lines, ends: lineEnds === '' ? 'none' : lineEnds }
}

/** More of it than was read. */
export function isCut({ bytes, size }: SideContents): boolean {
  return bytes.length < size
}
