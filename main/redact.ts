import type { Log, LogFields } from './services/log.ts'

const HIDDEN = '***'

/** What is taken for a secret wherever it stands, with what is left of it. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '*** (a private key)'],
  [/(:\/\/)[^\s/@:]*:[^\s/@]*@/g, `$1${HIDDEN}@`],
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${HIDDEN}`],
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, HIDDEN],
  // Named as one: `password=…`, `"token": "…"`, `RESTIC_PASSWORD: …`, `AWS_SECRET_ACCESS_KEY=…`, `--passphrase …`.
  [
    /((?:pass(?:word|phrase)|secret(?:_?access)?(?:_?key)?|token|private_?key|api_?key|authorization)"?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|[^\s,;&}]+)/gi,
    `$1${HIDDEN}`,
  ],
  [/(--(?:password|passphrase|token)[ =])(\S+)/gi, `$1${HIDDEN}`],
]

/**
 * A text without what looks like a secret: the services write none, and this is for what they did not foresee, such as the
 * message of somebody else's error. Paths and names of hosts are left, for without them nobody finds anything.
 */
export function redact(text: string): string {
  return SECRETS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text)
}

/** The same log, with redacted messages and fields. */
export function redacted(log: Log): Log {
  const through = (write: Log['info']) => (message: string, fields?: LogFields) => {
    if (fields === undefined) write(redact(message))
    else write(redact(message), Object.fromEntries(Object.entries(fields).map(redactField)))
  }
  return { info: through(log.info), warning: through(log.warning), error: through(log.error) }
}

function redactField([name, value]: [string, LogFields[string] | undefined]): [string, LogFields[string]] {
  if (/password|passphrase|secret|token/i.test(name) && typeof value === 'string') return [name, HIDDEN]
  return [name, typeof value === 'string' ? redact(value) : (value ?? null)]
}
