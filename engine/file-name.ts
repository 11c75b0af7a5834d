import { isUtf8 } from 'node:buffer'
import { refused } from '../contract/errors.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** A name's bytes as text that loses nothing (PEP 383): each byte that is not UTF-8 becomes U+DC80…U+DCFF. */
export function fileNameFromBytes(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return decoder.decode(bytes)
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const sequence = bytes.subarray(at, at + sequenceLength(bytes[at] ?? 0))
    const whole = isUtf8(sequence)
    text += whole ? decoder.decode(sequence) : String.fromCharCode(0xdc00 + (bytes[at] ?? 0))
    at += whole ? sequence.length : 1
  }
  return text
}

/** The bytes behind such text. Throws `invalid_input` for a surrogate that stands for no byte. */
export function fileNameToBytes(name: string): Buffer {
  if (name.isWellFormed()) return Buffer.from(name, 'utf8')
  return Buffer.concat(Array.from(name, bytesOfCharacter))
}

function bytesOfCharacter(character: string): Buffer {
  if (character.isWellFormed()) return Buffer.from(character, 'utf8')
  const code = character.charCodeAt(0)
  if (code < 0xdc80 || code > 0xdcff) {
    throw refused([], 'not_a_file_name')
  }
  return Buffer.from([code - 0xdc00])
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4
  if (lead >= 0xe0) return 3
  return lead >= 0xc0 ? 2 : 1
}
