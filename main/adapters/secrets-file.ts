import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault } from '../../contract/errors.ts'
import type { SecretStore, SecretsFile } from '../services/secrets/index.ts'
import { type Lock, makeLock, type Secrets, seal, unseal } from './secrets-file/cipher.ts'

/** `console-secrets.json` in the data directory: secrets under a passphrase, for a machine without a keychain. */
export function openSecretsFile(dataDirectory: string): SecretsFile {
  const file = join(dataDirectory, 'console-secrets.json')
  return {
    exists: () => exists(file),
    async create(passphrase) {
      if (await exists(file)) throw new Fault('conflict', { what: 'secrets_exist', detail: file })
      const lock = await makeLock(passphrase)
      await replaceFile(file, seal(new Map(), lock))
      return new OpenFile(file, lock, new Map())
    },
    async unlock(passphrase) {
      const { lock, secrets } = await unseal(await readFile(file, 'utf8'), passphrase)
      return new OpenFile(file, lock, secrets)
    },
  }
}

/** The opened file. The key stays in memory, for every change writes the file anew. */
class OpenFile implements SecretStore {
  readonly #file: string
  readonly #lock: Lock
  #secrets: Secrets
  #lastWrite: Promise<void> = Promise.resolve()

  constructor(file: string, lock: Lock, secrets: Secrets) {
    this.#file = file
    this.#lock = lock
    this.#secrets = secrets
  }

  async get(name: string): Promise<string | null> {
    return this.#secrets.get(name) ?? null
  }

  set(name: string, value: string): Promise<void> {
    return this.#change((secrets) => new Map(secrets).set(name, value))
  }

  delete(name: string): Promise<void> {
    return this.#change((secrets) => new Map([...secrets].filter(([kept]) => kept !== name)))
  }

  /** One write after the other, so that the newest is what stays. What could not be written has not changed. */
  #change(changed: (secrets: Secrets) => Secrets): Promise<void> {
    const write = this.#lastWrite
      .catch(() => undefined)
      .then(async () => {
        const secrets = changed(this.#secrets)
        await replaceFile(this.#file, seal(secrets, this.#lock))
        this.#secrets = secrets
      })
    this.#lastWrite = write
    return write
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

/** Put a file in place whole or not at all, readable by its owner alone. */
async function replaceFile(file: string, text: string): Promise<void> {
  const fresh = `${file}.new`
  await rm(fresh, { force: true })
  {
    await using handle = await open(fresh, 'wx', 0o600)
    await handle.writeFile(text)
    await handle.sync()
  }
  await rename(fresh, file)
  // Without this the rename itself may be lost with the power; Windows cannot open a directory and needs no such thing.
  if (process.platform === 'win32') return
  await using directory = await open(dirname(file), 'r')
  await directory.sync()
}
