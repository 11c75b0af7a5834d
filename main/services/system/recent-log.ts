import type { Log, LogFields } from '../log.ts'

/** Lines that are kept. */
const LINES = 200

/** A log that also remembers what was said last, without what nobody else should see. */
export function rememberLog(
  log: Log,
  now: () => Date,
): { readonly log: Log; readonly recent: () => readonly string[] } {
  const lines: string[] = []
  const say =
    (level: keyof Log) =>
    (message: string, fields: LogFields = {}): void => {
      log[level](message, fields)
      const told = Object.entries(fields).map(([name, value]) => `${name}=${value}`)
      lines.push(redact([now().toISOString(), level, message, ...told].join(' ')))
      if (lines.length > LINES) lines.shift()
    }
  return { log: { info: say('info'), warning: say('warning'), error: say('error') }, recent: () => lines }
}

/** Without names and passwords of addresses, and with no more than the begin of what may be a key. */
export function redact(line: string): string {
  return line
    .replace(/(\w:\/\/)[^/@\s]*@/g, '$1…@')
    .replace(/\b(pass\w*|secret\w*|token|key)=\S+/gi, '$1=…')
    .replace(/[A-Za-z0-9+_-]{32,}={0,2}/g, (token) => `${token.slice(0, 6)}…`)
}
