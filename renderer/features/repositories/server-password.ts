const BYTES = 24

/** A password for a server: 24 random bytes, in characters that need no quoting anywhere (base64url). */
export function makeServerPassword(): string {
  const text = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(BYTES)))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_')
}

/**
 * What sets a user's password on a restic REST server. The password is read from standard input: arguments are seen by
 * everyone on that machine, and kept in the shell's history.
 */
export function passwordCommand(username: string): string {
  return `htpasswd -B -i /path/to/.htpasswd ${quoted(username)}`
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_.@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
