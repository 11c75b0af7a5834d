import { z } from 'zod'

/**
 * A file name or path as text that loses nothing. File names are bytes: what is valid UTF-8 stands for itself, and
 * each byte that is not is one lone surrogate U+DC80…U+DCFF (Python's `surrogateescape`, PEP 383). Such text may be
 * compared, kept as a key, and carried by JSON and structured clone; it must not be written as UTF-8 (a SQLite TEXT,
 * a file), which would replace the surrogates: store it as JSON. `engine/file-name.ts` turns it to bytes and back.
 */
export const fileNameSchema = z.string()

const BIDI = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069'
const UNSHOWABLE = new RegExp(`[\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ufeff${BIDI}\\ud800-\\udfff]`, 'u')
const EACH_UNSHOWABLE = new RegExp(UNSHOWABLE.source, 'gu')
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A name for people: bytes that are not UTF-8, control and direction-changing characters are spelt out as escapes. */
export function showFileName(name: string): string {
  return UNSHOWABLE.test(name) ? name.replace(EACH_UNSHOWABLE, escapeCharacter) : name
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`
  return NAMED[character] ?? `\\u${code.toString(16).padStart(4, '0')}`
}

/** The last part of a path; the path itself where there is none. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path
}
