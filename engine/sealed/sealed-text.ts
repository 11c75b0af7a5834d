import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'
import { Fault } from '../../contract/errors.ts'

/**
 * `magic (4) | version (1) | key check (8) | nonce (12) | AES-256-GCM ciphertext | tag (16)`. All before the
 * ciphertext is authenticated with it. The key check tells a wrong key from damage.
 */
const MAGIC = Buffer.from('RCAS')
const VERSION = 1
const CHECK_BYTES = 8
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CHECK_AT = MAGIC.length + 1
const NONCE_AT = CHECK_AT + CHECK_BYTES
const BODY_AT = NONCE_AT + NONCE_BYTES

/** Seal `text`; no two times alike. */
export function sealText(key: KeyObject, text: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const header = Buffer.concat([MAGIC, Buffer.from([VERSION]), keyCheck(key), nonce])
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(header)
  return Buffer.concat([header, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/**
 * What `sealText` sealed. `where`: what it lay in, for the error. Throws `conflict`: `secrets_key_mismatch` when another key
 * sealed it, `secrets_file_damaged` when it is not as it was written; `version_mismatch`.
 */
export function openSealed(key: KeyObject, sealed: Buffer, where: string): string {
  if (sealed.length < BODY_AT + TAG_BYTES || !sealed.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged(where)
  const version = sealed.readUInt8(MAGIC.length)
  if (version !== VERSION) {
    throw new Fault('version_mismatch', { ours: `secrets ${VERSION}`, theirs: `secrets ${version}` })
  }
  if (!timingSafeEqual(sealed.subarray(CHECK_AT, NONCE_AT), keyCheck(key))) {
    throw new Fault('conflict', { what: 'secrets_key_mismatch', detail: where })
  }
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(NONCE_AT, BODY_AT))
  decipher.setAAD(sealed.subarray(0, BODY_AT))
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(BODY_AT, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw damaged(where, cause)
  }
}

function keyCheck(key: KeyObject): Buffer {
  return createHmac('sha256', key).update('restore console agent: key check').digest().subarray(0, CHECK_BYTES)
}

function damaged(where: string, cause?: unknown): Fault {
  return new Fault('conflict', { what: 'secrets_file_damaged', detail: where }, { cause })
}
