const SHORTEST = 4
const URL_CREDENTIALS = /(:\/\/)[^\s/@:]*:[^\s/@]*@/g

/**
 * A function that puts `***` in place of every secret in a text, also where it stands percent-encoded or escaped as in
 * JSON, and in place of user and password in any URL. Secrets of fewer than four characters are left: they would blank
 * out half of every text and so give themselves away.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const spellings = [...new Set(secrets.flatMap(spellingsOf))].filter((spelling) => spelling.length >= SHORTEST)
  // The longest first: a secret may be part of another.
  spellings.sort((left, right) => right.length - left.length)
  return (text) =>
    spellings.reduce((rest, spelling) => rest.replaceAll(spelling, '***'), text).replace(URL_CREDENTIALS, '$1***@')
}

function spellingsOf(secret: string): string[] {
  // Output is read line by line, so that a secret of several lines can only be met in parts.
  const parts = [secret, ...secret.split('\n')]
  return parts.flatMap((part) => [part, encodeURIComponent(part.toWellFormed()), JSON.stringify(part).slice(1, -1)])
}
