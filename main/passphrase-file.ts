import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import type { Services } from './compose-services.ts'

/** What the audit calls the way by which a passphrase came that nobody typed. */
const ORIGIN = 'a passphrase file'
/** Permissions of everybody but the owner. */
const OTHERS = 0o077

/**
 * Open the secrets file with the passphrase that a file holds, or make it with that; the keychain, where it works, needs
 * neither. Throws an Error in words where the file cannot be read or is not its user's alone, and what the secrets throw.
 */
export async function givePassphrase(secrets: Services['secrets'], file: string): Promise<void> {
  const passphrase = readPassphrase(file)
  const { state } = await secrets.status()
  if (state === 'absent') await secrets.create(passphrase, ORIGIN)
  else if (state === 'locked') await secrets.unlock(passphrase, ORIGIN)
}

/** Checked and read through one descriptor: nobody can put another file there in between. */
function readPassphrase(file: string): string {
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch (cause) {
    throw new Error(`The passphrase file ${file} cannot be read.`, { cause })
  }
  try {
    const { mode, uid } = fstatSync(descriptor)
    requireOwn({ mode, uid }, file)
    return readFileSync(descriptor, 'utf8').replace(/\r?\n$/, '')
  } finally {
    closeSync(descriptor)
  }
}

/** Windows has neither owners nor modes of this kind: there a file inherits who may read it from its folder. */
function requireOwn({ mode, uid }: { readonly mode: number; readonly uid: number }, file: string): void {
  const own = process.getuid?.()
  if (own === undefined) return
  if (uid !== own && uid !== 0) throw new Error(`The passphrase file ${file} belongs to somebody else.`)
  if ((mode & OTHERS) !== 0)
    throw new Error(`Others may use the passphrase file ${file}: "chmod 600" makes it yours alone.`)
}
