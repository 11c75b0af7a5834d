export interface SplitUrl {
  /** Without credentials. */
  readonly url: string
  /** Empty where the address carried none. */
  readonly username: string
  readonly serverPassword: string
}

const CREDENTIALS = /^((?:rest|s3):(?:https?:\/\/)?)([^/?#]*)@(.*)$/s

/**
 * Take user and password out of a repository's address, where people paste them: `rest:https://olivia:secret@host/`.
 * They would otherwise be shown, logged and kept in plain sight. Percent-encoding in them is undone. Addresses whose
 * user is part of the place (`sftp:olivia@host:/srv`) stay as they are.
 */
export function splitRepositoryUrl(url: string): SplitUrl {
  const [, scheme, credentials, rest] = CREDENTIALS.exec(url.trim()) ?? []
  if (scheme === undefined || credentials === undefined || rest === undefined) {
    return { url: url.trim(), username: '', serverPassword: '' }
  }
  const colon = credentials.indexOf(':')
  const username = colon === -1 ? credentials : credentials.slice(0, colon)
  const password = colon === -1 ? '' : credentials.slice(colon + 1)
  return { url: scheme + rest, username: decode(username), serverPassword: decode(password) }
}

/** A stray percent sign stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
