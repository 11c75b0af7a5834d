type Fields = Readonly<Record<string, string | number | boolean | null>>

/** What the consumer says of itself, a line of JSON at a time. Never a secret. */
export interface Log {
  info(message: string, fields?: Fields): void
  warning(message: string, fields?: Fields): void
}

/** Lines with time, level, message and fields. */
export function jsonLog(write: (line: string) => void): Log {
  const line =
    (level: string) =>
    (message: string, fields: Fields = {}): void => {
      write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`)
    }
  return { info: line('info'), warning: line('warning') }
}
