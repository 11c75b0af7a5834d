import { imageKind, nameOfKind } from './media-kinds.ts'

export type Encoding = 'UTF-8' | 'UTF-8 with byte order mark' | 'UTF-16 LE' | 'UTF-16 BE' | 'Latin-1'

/** What is in a file, as its bytes say; its name says nothing. */
export type Content =
  | { readonly kind: 'empty' }
  | { readonly kind: 'image'; readonly name: string; readonly mediaType: string }
  | { readonly kind: 'text'; readonly text: string; readonly encoding: Encoding }
  /** `name` where the first bytes say what it is, else null. */
  | { readonly kind: 'bytes'; readonly name: string | null }

/** What the beginning of a file is. `whole`: nothing follows, so that a character cut in two is an error. */
export function contentOf(bytes: Uint8Array, { whole }: { readonly whole: boolean }): Content {
  if (bytes.length === 0) return { kind: 'empty' }
  const image = imageKind(bytes)
  if (image !== undefined) return { kind: 'image', name: image.name, mediaType: image.mediaType }
  return textOf(bytes, whole) ?? { kind: 'bytes', name: nameOfKind(bytes) }
}

function textOf(bytes: Uint8Array, whole: boolean): Content | undefined {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return decoded(bytes, { label: 'utf-16le', encoding: 'UTF-16 LE', whole })
  if (first === 0xfe && second === 0xff) return decoded(bytes, { label: 'utf-16be', encoding: 'UTF-16 BE', whole })
  // No text has one but for UTF-16, and hardly a file that is not text has none.
  if (bytes.includes(0)) return undefined
  const marked = first === 0xef && second === 0xbb && third === 0xbf
  const encoding = marked ? 'UTF-8 with byte order mark' : 'UTF-8'
  const utf8 = decoded(bytes, { label: 'utf-8', encoding, whole })
  if (utf8 !== undefined) return utf8
  if (nameOfKind(bytes) !== null || hasManyControls(bytes)) return undefined
  return decoded(bytes, { label: 'latin1', encoding: 'Latin-1', whole })
}

interface Decoding {
  readonly label: string
  readonly encoding: Encoding
  readonly whole: boolean
}

function decoded(bytes: Uint8Array, { label, encoding, whole }: Decoding): Content | undefined {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes, { stream: !whole })
    return { kind: 'text', text, encoding }
  } catch {
    return undefined
  }
}

/** More than one in thirty characters is a control character that does not belong to text. */
function hasManyControls(bytes: Uint8Array): boolean {
  const controls = bytes.reduce((count, byte) => count + (byte < 0x20 && !isOfText(byte) ? 1 : 0), 0)
  return controls * 30 > bytes.length
}

/** Tab, line ends, form feed, and the escape of coloured logs. */
function isOfText(byte: number): boolean {
  return (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b
}
