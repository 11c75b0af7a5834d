import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { poly1305 } from '@noble/ciphers/_poly1305.js'
import { DamagedFile } from './damaged-file.ts'

/** The two halves of a restic key: AES-256 for the text, Poly1305-AES for its authentication. */
export interface EnvelopeKey {
  /** 32 bytes. */
  readonly encrypt: Uint8Array
  /** 16 bytes: the AES-128 key that masks each nonce. */
  readonly macK: Uint8Array
  /** 16 bytes; Poly1305 clamps it. */
  readonly macR: Uint8Array
}

/** The same key, made ready for opening many envelopes: imported once and not for each. */
export interface ReadyKey {
  readonly encrypt: KeyObject
  readonly macK: KeyObject
  readonly macR: Uint8Array
}

export function readyKey({ encrypt, macK, macR }: EnvelopeKey): ReadyKey {
  return { encrypt: createSecretKey(encrypt), macK: createSecretKey(macK), macR }
}

/** What an envelope adds to its text: a nonce before it, an authentication code after it. */
export const ENVELOPE_BYTES = 32
const NONCE_BYTES = 16

/**
 * Verify and open `nonce(16) | AES-256-CTR text | Poly1305-AES code(16)`, as in restic's `doc/design.rst`, "Keys,
 * Encryption and MAC". Undefined when the code does not fit: the wrong key, or not what was written.
 */
export function openEnvelope(key: EnvelopeKey | ReadyKey, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length < ENVELOPE_BYTES) return undefined
  const nonce = sealed.subarray(0, NONCE_BYTES)
  const text = sealed.subarray(NONCE_BYTES, sealed.length - NONCE_BYTES)
  const code = sealed.subarray(sealed.length - NONCE_BYTES)
  if (nonce.every((byte) => byte === 0)) return undefined
  if (!timingSafeEqual(poly1305(text, oneTimeKey(key, nonce)), code)) return undefined
  return createDecipheriv('aes-256-ctr', key.encrypt, nonce).update(text)
}

/** What `openEnvelope` opens; the nonce is a new one each time. */
export function sealEnvelope(key: ReadyKey, text: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const sealed = createCipheriv('aes-256-ctr', key.encrypt, nonce).update(text)
  return Buffer.concat([nonce, sealed, poly1305(sealed, oneTimeKey(key, nonce))])
}

/** As `openEnvelope`, for a file that the key at hand must open. Throws `DamagedFile`. */
export function openFile(key: EnvelopeKey | ReadyKey, sealed: Uint8Array, file: string): Buffer {
  const text = openEnvelope(key, sealed)
  if (text === undefined) throw new DamagedFile(file, 'its authentication code does not fit')
  return text
}

function oneTimeKey(key: EnvelopeKey | ReadyKey, nonce: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-ecb', key.macK, null).setAutoPadding(false)
  return Buffer.concat([key.macR, cipher.update(nonce)])
}
