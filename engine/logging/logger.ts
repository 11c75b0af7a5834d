export type LogFields = Readonly<Record<string, unknown>>

/** Structured log lines. The event is a stable dotted name to search for; the fields say what it was about. */
export interface Logger {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

export interface LoggerOptions {
  /** Takes one line of JSON, without a newline. */
  readonly sink: (line: string) => void
  /** Texts that must never be written; asked anew for every line. */
  readonly secrets: () => Iterable<string>
  readonly now: () => Date
}

/** A logger of JSON lines in which every secret, also in its URL-encoded form, is replaced by `***`. */
export function createLogger({ sink, secrets, now }: LoggerOptions): Logger {
  const write = (level: string, event: string, fields: LogFields = {}): void => {
    const hidden = [...secrets()].flatMap((secret) => [secret, encodeURIComponent(secret)])
    const redact = (text: string): string => hidden.reduce((line, secret) => withoutSecret(line, secret), text)
    const plain = (_key: string, value: unknown): unknown => {
      if (typeof value === 'string') return redact(value)
      return value instanceof Error ? plainError(value) : value
    }
    sink(JSON.stringify({ at: now().toISOString(), level, event, ...fields }, plain))
  }
  return {
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
  }
}

function withoutSecret(line: string, secret: string): string {
  return secret === '' ? line : line.replaceAll(secret, '***')
}

function plainError(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error
  return { ...error, name, message, stack, ...(cause === undefined ? {} : { cause }) }
}
