import { randomBytes } from 'node:crypto'
import type { SecretStore } from './secret-store.ts'

/**
 * A key of the console's own: 32 random bytes in base64, made the first time and kept where the console keeps its
 * secrets. What was kept is read back, so that a store that forgets is noticed before it matters.
 */
export async function ownKey(store: SecretStore, name: string): Promise<string> {
  const kept = await store.get(name)
  if (kept !== null) return kept
  const made = randomBytes(32).toString('base64')
  await store.set(name, made)
  if ((await store.get(name)) !== made) throw new Error('the secret store did not keep what it was given')
  return made
}
