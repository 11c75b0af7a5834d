/** What operators of the console itself may want to read. Never a secret, never a file's content. */
export interface Log {
  info(message: string, fields?: LogFields): void
  warning(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

export type LogFields = Readonly<Record<string, string | number | boolean | null>>
