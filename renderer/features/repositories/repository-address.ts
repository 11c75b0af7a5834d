import { t } from '@lingui/core/macro'

/** The kinds of place a restic repository can be at, as far as the form has something of its own to say about them. */
export type Scheme = 'local' | 'rest' | 's3' | 'sftp' | 'other'

export interface SchemeWords {
  readonly example: string
  /** Labels of the two fields for the server's own credentials; null where it takes none here. */
  readonly credentials: { readonly username: string; readonly password: string } | null
  /** What stands below the address. */
  readonly hint: string
}

const WORDS: Readonly<Record<Scheme, SchemeWords>> = {
  local: {
    example: '/media/backup/laptop',
    credentials: null,
    hint: t`A folder on this host, from the root.`,
  },
  rest: {
    example: 'rest:https://backup.example:8000/laptop/',
    credentials: { username: t`User of the REST server`, password: t`Password of the REST server` },
    hint: t`A restic REST server.`,
  },
  s3: {
    example: 's3:https://s3.example/bucket/laptop',
    credentials: { username: t`Access key`, password: t`Secret key` },
    hint: t`A bucket of an S3 store, and a folder in it.`,
  },
  sftp: {
    example: 'sftp:backup@nas.example:/backup/laptop',
    credentials: null,
    hint: t`Over SSH. The host’s own SSH keys are used; no password is asked for.`,
  },
  other: {
    example: 'b2:bucket:laptop',
    credentials: null,
    hint: t`Passed to restic as it is. Credentials are taken from the host’s own configuration.`,
  },
}

export const EXAMPLES: readonly string[] = [
  WORDS.local.example,
  WORDS.rest.example,
  WORDS.s3.example,
  WORDS.sftp.example,
]

/** What kind of place an address means; an empty one counts as a local path. */
export function schemeOf(url: string): Scheme {
  const prefix = /^([a-z][a-z0-9]*):/.exec(url.trim())?.[1]
  if (prefix === undefined) return 'local'
  return prefix === 'rest' || prefix === 's3' || prefix === 'sftp' ? prefix : prefix === 'local' ? 'local' : 'other'
}

export function wordsOf(scheme: Scheme): SchemeWords {
  return WORDS[scheme]
}

/** Why an address cannot be right, in a sentence; null when it may be. */
export function problemWithAddress(url: string): string | null {
  const address = url.trim()
  if (address === '') return t`Say where the repository is.`
  switch (schemeOf(address)) {
    case 'local': {
      const path = address.replace(/^local:/, '')
      if (/^https?:/.test(path)) return t`Did you mean rest:${path}?`
      return path.startsWith('/') ? null : t`A local path begins with “/”.`
    }
    case 'rest':
      return /^rest:https?:\/\/[^/\s]+/.test(address) ? null : t`Like rest:https://server:8000/name/`
    case 's3':
      return /^s3:(https?:\/\/)?[^/\s]+\/[^/\s]+/.test(address) ? null : t`Like s3:https://server/bucket/folder`
    case 'sftp':
      return /^sftp:(\/\/)?[^:/\s]+[:/].+/.test(address) ? null : t`Like sftp:user@server:/folder`
    case 'other':
      return /^https?:/.test(address) ? t`Did you mean rest:${address}?` : null
  }
}

export interface AddressParts {
  readonly url: string
  readonly username: string
  readonly serverPassword: string
}

/** An address without the user name and password that were written into it, and these; null when it holds none. */
export function takeCredentials(url: string): AddressParts | null {
  const found = /^((?:rest|s3):https?:\/\/)([^/@:\s]*)(?::([^/@\s]*))?@(.+)$/.exec(url.trim())
  if (found === null) return null
  const [, start = '', username = '', serverPassword = '', rest = ''] = found
  return { url: `${start}${rest}`, username: decoded(username), serverPassword: decoded(serverPassword) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A name to begin with: the last part of the address. */
export function suggestName(url: string): string {
  const parts = url
    .trim()
    .split(/[/:]/)
    .filter((part) => part !== '')
  return parts.length > 1 || schemeOf(url) === 'local' ? (parts.at(-1) ?? '') : ''
}
