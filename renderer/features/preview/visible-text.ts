export interface VisiblePart {
  readonly text: string
  /** Stands for something that cannot be seen as it is. */
  readonly escape: boolean
  /** Where it begins in what was given. */
  readonly at: number
}

/**
 * What must not act as it is: control characters, and what turns the direction of text or takes no room, with which a
 * text can be made to look like another ("Trojan Source", CVE-2021-42574). A tab is itself.
 */
const INVISIBLE =
  '\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb'
const ONE_INVISIBLE = new RegExp(`[${INVISIBLE}]`)
const EACH_INVISIBLE = new RegExp(`[${INVISIBLE}]`, 'g')

const DELETE = 0x7f

/** Text in runs of what is shown as it is and what is shown as a sign for itself. */
export function visibleParts(text: string): readonly VisiblePart[] {
  const parts: VisiblePart[] = []
  let end = 0
  for (const found of text.matchAll(EACH_INVISIBLE)) {
    if (found.index > end) parts.push({ text: text.slice(end, found.index), escape: false, at: end })
    parts.push({ text: signFor(found[0].charCodeAt(0)), escape: true, at: found.index })
    end = found.index + 1
  }
  if (end < text.length || parts.length === 0) parts.push({ text: text.slice(end), escape: false, at: end })
  return parts
}

/** Control characters as terminals and `cat -v` write them, for few fonts have signs for them: `^[`, `^G`, `^?`. */
function signFor(code: number): string {
  if (code < 0x20 || code === DELETE) return `^${String.fromCharCode(code ^ 0x40)}`
  return `\\u${code.toString(16).padStart(4, '0')}`
}

const TAB = 9
const TAB_COLUMNS = 8
/** As many as `^[` takes. */
const CARET_COLUMNS = 2
/** As many as `\u202e` takes. */
const ESCAPE_COLUMNS = 6

/** How many columns of a monospaced line a character takes there; never too few. */
export function columnsOf(code: number, column: number): number {
  if (code >= 0x20 && code < DELETE) return 1
  if (code === TAB) return TAB_COLUMNS - (column % TAB_COLUMNS)
  if (code < 0x20 || code === DELETE) return CARET_COLUMNS
  if (ONE_INVISIBLE.test(String.fromCodePoint(code))) return ESCAPE_COLUMNS
  return code < 0x1100 ? 1 : 2
}
