import type { Log } from '../log.ts'
import { ownKey, type SecretsService } from '../secrets/index.ts'
import type { KeptListings } from './kept-listings.ts'

interface Deps {
  readonly kept: KeptListings
  readonly secrets: SecretsService
  readonly log: Log
  /** Identifies this data directory; part of the key's name. */
  readonly installation: string
}

/** Begin to keep as soon as the secret store can give the key; without one, nothing is kept. */
export async function openKept({ kept, secrets, log, installation }: Deps, signal: AbortSignal): Promise<void> {
  try {
    const key = await ownKey(await secrets.opened(signal), `kept-listings-key:${installation}`)
    if (!signal.aborted) kept.open(Buffer.from(key, 'base64'))
  } catch (error) {
    if (!signal.aborted) log.warning('nothing is kept of what is seen', { reason: String(error) })
  }
}
