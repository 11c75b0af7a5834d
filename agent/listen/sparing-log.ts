import type { Clock } from '../clock.ts'
import type { LogFields, Logger } from '../../engine/logging/logger.ts'

const LINES = 60
/** Milliseconds. */
const SPAN = 60_000

export type SparingLog = (event: string, fields: LogFields) => void

/**
 * For what strangers cause: so many lines a minute, then one with how many more there were, so that nobody fills the
 * disk by knocking.
 */
export function sparingLog(logger: Logger, clock: Clock): SparingLog {
  let began = clock.elapsed()
  let lines = 0
  return (event, fields) => {
    if (clock.elapsed() - began > SPAN) {
      if (lines > LINES) logger.warn('strangers.unlogged', { lines: lines - LINES })
      began = clock.elapsed()
      lines = 0
    }
    lines += 1
    if (lines <= LINES) logger.warn(event, fields)
  }
}
