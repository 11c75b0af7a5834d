import { fileNameToBytes } from './file-name.ts'

/** From here on the order of UTF-16 is not the order of the bytes. */
const FIRST_SURROGATE = 0xd800

/** The order of two names by their bytes, as restic sorts a directory: negative, zero or positive. */
export function compareNames(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  for (let at = 0; at < length; at += 1) {
    const left = one.charCodeAt(at)
    const right = other.charCodeAt(at)
    if (left === right) continue
    if (left < FIRST_SURROGATE && right < FIRST_SURROGATE) return left - right
    return fileNameToBytes(one).compare(fileNameToBytes(other))
  }
  return one.length - other.length
}
