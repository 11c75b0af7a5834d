import { readdirSync, readFileSync } from 'node:fs'

/** Secrets that a test uses, and every place where one of them was seen in the open. */
export class Secrets {
  readonly #values: string[] = []
  readonly #seen = new Set<string>()

  /** Use a secret; it must be long enough not to stand somewhere by chance. */
  use(value: string): string {
    if (value.length < 8) throw new Error(`"${value}" is too short to be looked for.`)
    this.#values.push(value)
    return value
  }

  /** Use a secret that goes to a server with a user's name: HTTP's basic authorization holds both in one. */
  useAs(username: string, password: string): string {
    this.use(`${username}:${password}`)
    return this.use(password)
  }

  /** Look through a text for the secrets; `where` is how a finding is reported. */
  lookThrough(text: string, where: string): void {
    for (const value of this.#values) if (formsOf(value).some((form) => text.includes(form))) this.#seen.add(where)
  }

  /** Look through every file below a folder, databases and their write-ahead logs included. */
  lookBelow(folder: string | Buffer): void {
    for (const entry of readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })) {
      const path = Buffer.concat([Buffer.from(folder), Buffer.from('/'), entry.name])
      if (entry.isDirectory()) this.lookBelow(path)
      else if (entry.isFile()) this.lookThrough(readFileSync(path, 'latin1'), path.toString('latin1'))
    }
  }

  /** Where secrets were seen; empty is what every test wants. */
  get seen(): readonly string[] {
    return [...this.#seen]
  }
}

/** A secret as it stands, and as URLs, JSON and authorization headers write it. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8')
  return [
    value,
    bytes.toString('latin1'),
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ]
}
