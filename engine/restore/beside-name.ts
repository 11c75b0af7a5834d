import { fileNameFromBytes, fileNameToBytes } from '../file-name.ts'
import { joined, nameOf, parentOf } from './paths.ts'

const NAME_LIMIT = 255

/**
 * Where a snapshot's file comes to be beside what has its name: with the snapshot's time before the ending, and a number
 * where that is taken too. `time` is RFC 3339.
 */
export function besidePath(place: string, time: string, isTaken: (place: string) => boolean): string {
  const stamp = new Date(time).toISOString().slice(0, 19).replaceAll(':', '-')
  for (let number = 1; ; number += 1) {
    const mark = number === 1 ? `.${stamp}Z` : `.${stamp}Z-${number}`
    const path = joined(parentOf(place), `/${markedName(nameOf(place), mark)}`)
    if (!isTaken(path)) return path
  }
}

/** `report.txt` becomes `report.MARK.txt`, `.profile` becomes `.profile.MARK`; a name that is too long loses its middle. */
function markedName(name: string, mark: string): string {
  const dot = name.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  const room = NAME_LIMIT - fileNameToBytes(mark + ending).length
  if (room < 1) return markedName(name.slice(0, dot), mark)
  return `${shortened(stem, room)}${mark}${ending}`
}

/** The beginning of a text, as many whole characters as have room in so many bytes. */
function shortened(text: string, room: number): string {
  const bytes = fileNameToBytes(text)
  if (bytes.length <= room) return text
  let end = room
  // Not within a character: its later bytes begin with the bits 10.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return fileNameFromBytes(bytes.subarray(0, end === 0 ? room : end))
}
