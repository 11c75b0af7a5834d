import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { LogLine } from './run-view.ts'

/** Lines that contain it, without regard to case; all of them for an empty text. */
export function linesWith(lines: readonly LogLine[], text: string): readonly LogLine[] {
  const wanted = text.trim().toLowerCase()
  return wanted === '' ? lines : lines.filter((line) => line.text.toLowerCase().includes(wanted))
}

/** A log as text: the moment, UTC, the level and what was said, a line each. */
export function logText(lines: readonly LogLine[]): string {
  return lines.map(({ at, level, text }) => `${at} ${level} ${showFileName(text)}\n`).join('')
}
