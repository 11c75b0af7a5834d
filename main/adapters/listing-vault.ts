import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import type { Label, Vault } from '../services/kept/index.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

const NONCE = 12
const TAG = 16

/**
 * Listings under AES-256-GCM, made small by zstd before: `nonce(12) | tag(16) | text`, the nonce random for each, the
 * label authenticated beside it. Addresses are HMAC-SHA-256. Both keys come from the one that is given, by HKDF.
 */
export function openListingVault(key: Buffer): Vault {
  const sealing = createSecretKey(derive(key, 'seal'))
  const naming = createSecretKey(derive(key, 'address'))
  const address = (label: Label): Buffer => createHmac('sha256', naming).update(JSON.stringify(label)).digest()
  return {
    mark: address(['the key itself']),
    address,
    async seal(label, plain) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(bytesOf(label))
      const text = [cipher.update(await compress(plain)), cipher.final()]
      return Buffer.concat([nonce, cipher.getAuthTag(), ...text])
    },
    async open(label, sealed) {
      const small = unseal(label, sealed)
      return small === null ? null : decompress(small)
    },
  }

  function unseal(label: Label, sealed: Buffer): Buffer | null {
    if (sealed.length < NONCE + TAG) return null
    const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, NONCE), { authTagLength: TAG })
    decipher.setAAD(bytesOf(label)).setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
    const text = decipher.update(sealed.subarray(NONCE + TAG))
    try {
      return Buffer.concat([text, decipher.final()])
    } catch {
      return null
    }
  }
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `restore-console kept listings, ${purpose}`, 32))
}

function bytesOf(label: Label): Buffer {
  return Buffer.from(JSON.stringify(label))
}
