import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Fault } from '../../contract/errors.ts'
import { replacePrivateFile } from './private-file.ts'

/**
 * `magic (4) | version (1) | key check (8) | nonce (12) | AES-256-GCM ciphertext | tag (16)`. All before the
 * ciphertext is authenticated with it. The key check tells a wrong key from a damaged file.
 */
const MAGIC = Buffer.from('RCAS')
const VERSION = 1
const CHECK_BYTES = 8
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CHECK_AT = MAGIC.length + 1
const NONCE_AT = CHECK_AT + CHECK_BYTES
const BODY_AT = NONCE_AT + NONCE_BYTES

/**
 * The text sealed in the file at `path`; undefined when there is no file. Throws `conflict`: `secrets_key_mismatch`
 * when another key sealed it, `secrets_file_damaged` when it is not as it was written; `version_mismatch`.
 */
export function readSecretsFile(path: string, key: KeyObject): string | undefined {
  const sealed = readIfThere(path)
  if (sealed === undefined) return undefined
  if (sealed.length < BODY_AT + TAG_BYTES || !sealed.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged(path)
  const version = sealed.readUInt8(MAGIC.length)
  if (version !== VERSION) {
    throw new Fault('version_mismatch', { ours: `secrets ${VERSION}`, theirs: `secrets ${version}` })
  }
  if (!timingSafeEqual(sealed.subarray(CHECK_AT, NONCE_AT), keyCheck(key))) {
    throw new Fault('conflict', { what: 'secrets_key_mismatch', detail: path })
  }
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(NONCE_AT, BODY_AT))
  decipher.setAAD(sealed.subarray(0, BODY_AT))
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(BODY_AT, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw damaged(path, cause)
  }
}

/**
 * Seal `text` in the file at `path`, readable by its owner alone. The file is replaced whole or not at all, also when
 * the power fails. Synchronous: it is small, and the journal's row must not be written before it.
 */
export function writeSecretsFile(path: string, key: KeyObject, text: string): void {
  const nonce = randomBytes(NONCE_BYTES)
  const header = Buffer.concat([MAGIC, Buffer.from([VERSION]), keyCheck(key), nonce])
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(header)
  const sealed = Buffer.concat([header, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  replacePrivateFile(path, sealed)
}

function keyCheck(key: KeyObject): Buffer {
  return createHmac('sha256', key).update('restore console agent: key check').digest().subarray(0, CHECK_BYTES)
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function damaged(path: string, cause?: unknown): Fault {
  return new Fault('conflict', { what: 'secrets_file_damaged', detail: path }, { cause })
}
