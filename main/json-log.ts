import type { Log, LogFields } from './services/log.ts'

/** One JSON object per line, to a sink that takes lines. */
export function jsonLog(write: (line: string) => void, now: () => Date): Log {
  const at = (level: string) => (message: string, fields?: LogFields) => {
    write(`${JSON.stringify({ at: now().toISOString(), level, message, ...fields })}\n`)
  }
  return { info: at('info'), warning: at('warning'), error: at('error') }
}
