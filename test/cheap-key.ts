import { createCipheriv, createHash, randomBytes, scryptSync } from 'node:crypto'
import { chmod, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { poly1305 } from '@noble/ciphers/_poly1305.js'
import { localBackend } from '../engine/repository/native/backends/local-backend.ts'
import type { EnvelopeKey } from '../engine/repository/native/envelope.ts'
import { openKey } from '../engine/repository/native/keys.ts'

/** restic's least: every opening of the repository is half a second faster than with the parameters that it chooses. */
const COST = { N: 2, r: 1, p: 1 } as const

/**
 * Seal the master key of a test's repository anew under the same password, with a key derivation that costs nothing.
 * What derivation is for, a stolen key file, does not threaten a test.
 */
export async function cheapenKey(repositoryDirectory: string, password: string): Promise<void> {
  const master = await openKey(localBackend(repositoryDirectory), password, {})
  const salt = randomBytes(64)
  const derived = scryptSync(password, salt, 64, COST)
  const key = { encrypt: derived.subarray(0, 32), macK: derived.subarray(32, 48), macR: derived.subarray(48) }
  const text = JSON.stringify({
    mac: { k: base64(master.macK), r: base64(master.macR) },
    encrypt: base64(master.encrypt),
  })
  const file = JSON.stringify({
    created: '2026-01-01T00:00:00Z',
    username: 'test',
    hostname: 'test',
    kdf: 'scrypt',
    ...COST,
    salt: base64(salt),
    data: base64(sealEnvelope(key, Buffer.from(text))),
  })
  const keys = join(repositoryDirectory, 'keys')
  const old = await readdir(keys)
  const path = join(keys, createHash('sha256').update(file).digest('hex'))
  await writeFile(path, file)
  await chmod(path, 0o400)
  for (const name of old) await rm(join(keys, name))
}

function sealEnvelope(key: EnvelopeKey, text: Buffer): Buffer {
  const nonce = randomBytes(16)
  const cipherText = createCipheriv('aes-256-ctr', key.encrypt, nonce).update(text)
  const mask = createCipheriv('aes-128-ecb', key.macK, null).setAutoPadding(false).update(nonce)
  return Buffer.concat([nonce, cipherText, poly1305(cipherText, Buffer.concat([key.macR, mask]))])
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
