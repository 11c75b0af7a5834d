import type { NoticeSettings } from '../../../contract/shapes/notice.ts'

/** True in the hours in which the operating system says nothing, by the clock on the wall. */
export function isQuiet(quiet: NoticeSettings['quiet'], now: Date): boolean {
  if (quiet === null) return false
  const minutes = now.getHours() * 60 + now.getMinutes()
  const [from, until] = [minutesOf(quiet.from), minutesOf(quiet.until)]
  return from <= until ? minutes >= from && minutes < until : minutes >= from || minutes < until
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
