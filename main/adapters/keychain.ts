import { randomUUID } from 'node:crypto'
import { ReasonedError, reasonOf } from '../../contract/reasons.ts'
import type { Keychain } from '../services/secrets/index.ts'

/** What this needs of keytar; it is loaded late, for it may not have been built and must not stop the console then. */
interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

const SERVICE = 'Restore Console'
/** A keychain may ask its user to unlock it, who may not be there. */
const PATIENCE = 60_000

/**
 * The operating system's keychain, through keytar. Its errors are sentences of the platform without a code, so any
 * throw means that there is no keychain to be had.
 */
export function openKeychain(load: () => Promise<Keytar> = loadKeytar): Keychain {
  let loaded: Promise<Keytar> | undefined
  const keytar = (): Promise<Keytar> => {
    loaded ??= load()
    return loaded
  }
  return {
    get: async (name) => (await keytar()).getPassword(SERVICE, name),
    set: async (name, value) => (await keytar()).setPassword(SERVICE, name, value),
    delete: async (name) => {
      await (await keytar()).deletePassword(SERVICE, name)
    },
    tryOut: () => withinPatience(tryOut(keytar)),
  }
}

async function loadKeytar(): Promise<Keytar> {
  const { default: keytar } = await import('keytar')
  return keytar
}

/** A name of its own each time: two consoles that begin at once must not trip over each other. */
async function tryOut(load: () => Promise<Keytar>): Promise<void> {
  const keytar = await load()
  const name = `trial:${randomUUID()}`
  await keytar.setPassword(SERVICE, name, name)
  const kept = await keytar.getPassword(SERVICE, name)
  await keytar.deletePassword(SERVICE, name)
  if (kept !== name) throw new ReasonedError(reasonOf('keychain_lost'))
}

async function withinPatience(trial: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  const silent = new ReasonedError(reasonOf('keychain_silent', { seconds: PATIENCE / 1000 }))
  const timer = setTimeout(() => reject(silent), PATIENCE)
  try {
    await Promise.race([trial, promise])
  } finally {
    clearTimeout(timer)
  }
}
