import { createHash, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { isFault } from '../../../contract/errors.ts'
import type { SecretsService } from '../secrets/index.ts'
import type { Doors, Identity } from './doors.ts'

const identitySchema = z.object({ key: z.string(), certificate: z.string() })

interface Deps {
  readonly doors: Pick<Doors, 'makeIdentity'>
  readonly secrets: Pick<SecretsService, 'open'>
  /** Identifies this data directory; part of the name it is kept under. */
  readonly installation: string
}

/**
 * The key by which agents know this console: made the first time, kept where the console keeps its secrets and nowhere
 * else. The promise rejects with `forbidden` while these are not open.
 */
export function ownIdentity({ doors, secrets, installation }: Deps): () => Promise<Identity> {
  const name = `console-identity:${installation}`
  let opened: Promise<Identity> | undefined
  const open = async (): Promise<Identity> => {
    const store = await secrets.open()
    const kept = await store.get(name)
    if (kept !== null) return identitySchema.parse(JSON.parse(kept))
    const made = await doors.makeIdentity()
    const text = JSON.stringify(made)
    await store.set(name, text)
    // A store that forgets is noticed before an agent has been asked to trust the key.
    if ((await store.get(name)) !== text) throw new Error('the secret store did not keep what it was given')
    return made
  }
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }
}

/** What agents compare: the SHA-256 of the public key in a certificate (PEM), base64url. */
function pinOf(certificate: string): string {
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest('base64url')
}

/** The pin of the console's own key; null while the secrets are not open. */
export async function ownPin(identity: () => Promise<Identity>): Promise<string | null> {
  try {
    return pinOf((await identity()).certificate)
  } catch (error) {
    if (isFault(error, 'forbidden')) return null
    throw error
  }
}
