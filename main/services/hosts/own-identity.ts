import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { isFault } from '../../../contract/errors.ts'
import { pinOf } from '../key-pin.ts'
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

/** The pin of the console's own key; null while the secrets are not open. */
export async function ownPin(identity: () => Promise<Identity>): Promise<string | null> {
  try {
    return pinOf(new X509Certificate((await identity()).certificate))
  } catch (error) {
    if (isFault(error, 'forbidden')) return null
    throw error
  }
}
