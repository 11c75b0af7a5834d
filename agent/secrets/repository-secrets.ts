import { createSecretKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { readSecretsFile, writeSecretsFile } from '../../engine/sealed/sealed-file.ts'

const secretsSchema = z.object({ serverPassword: z.string(), password: z.string() })
const fileSchema = z.object({ repositories: z.record(z.string(), secretsSchema) })

export type Secrets = Readonly<z.infer<typeof secretsSchema>>

/** The secrets of each repository, in an encrypted file. What is put is on the disk when `put` returns. */
export class RepositorySecrets {
  readonly #path: string
  readonly #key: KeyObject
  #secrets: ReadonlyMap<string, Secrets>

  /** `key` is 32 bytes. Throws as `readSecretsFile` does. */
  constructor(path: string, key: Uint8Array) {
    if (key.length !== 32) throw new RangeError('the secrets key is not 32 bytes long')
    this.#path = path
    this.#key = createSecretKey(key)
    const text = readSecretsFile(path, this.#key)
    const file = text === undefined ? { repositories: {} } : fileSchema.parse(JSON.parse(text))
    this.#secrets = new Map(Object.entries(file.repositories))
  }

  get(repositoryId: string): Secrets | undefined {
    return this.#secrets.get(repositoryId)
  }

  put(repositoryId: string, secrets: Secrets): void {
    this.#write(new Map([...this.#secrets, [repositoryId, secrets]]))
  }

  /** Forget the secrets of every repository that is not in `repositoryIds`. */
  keepOnly(repositoryIds: readonly string[]): void {
    const kept = new Map([...this.#secrets].filter(([id]) => repositoryIds.includes(id)))
    if (kept.size < this.#secrets.size) this.#write(kept)
  }

  /** Every text that is a secret, for redaction. */
  *texts(): Generator<string> {
    for (const { serverPassword, password } of this.#secrets.values()) {
      if (serverPassword !== '') yield serverPassword
      if (password !== '') yield password
    }
  }

  #write(secrets: ReadonlyMap<string, Secrets>): void {
    writeSecretsFile(this.#path, this.#key, JSON.stringify({ repositories: Object.fromEntries(secrets) }))
    this.#secrets = secrets
  }
}
