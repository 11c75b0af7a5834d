import { createHash, createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { Fault } from '../../contract/errors.ts'
import { readOrMakePrivateFile, readPrivateFile } from '../sealed/private-file.ts'

const SECRETS_KEY_BYTES = 32
/** "No well-defined expiration date" (RFC 5280 §4.1.2.5): what is trusted is the key, for as long as it is enrolled. */
export const NEVER = new Date('9999-12-31T23:59:59Z')

/** The agent's key and the certificate around it, both PEM. */
export interface Identity {
  readonly key: string
  readonly certificate: string
  readonly pin: string
}

/** What is compared and remembered: SHA-256 of the public key in its SPKI DER form, base64url, not of the certificate. */
export function pinOf(certificate: X509Certificate): string {
  return createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url')
}

/** Make a key (EC P-256) and a certificate around it that says `name` and means nothing by it. */
export async function makeIdentity(name: string): Promise<Identity> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate: NEVER,
  })
  return { key: made.private, certificate: made.cert, pin: pinOf(new X509Certificate(made.cert)) }
}

/**
 * This agent's identity, made the first time. Throws `conflict`: `readable_by_others` when its key may be known to
 * others, `identity_damaged`.
 */
export async function openIdentity(dataDirectory: string): Promise<Identity> {
  const known = readIdentity(dataDirectory)
  if (known !== undefined) return known
  const { key, certificate } = await makeIdentity(hostname())
  const path = identityPath(dataDirectory)
  return parseIdentity(
    path,
    readOrMakePrivateFile(path, () => Buffer.from(`${key.trim()}\n${certificate.trim()}\n`)),
  )
}

/** The identity as it is kept; undefined before it was made. Throws as `openIdentity` does. */
export function readIdentity(dataDirectory: string): Identity | undefined {
  const path = identityPath(dataDirectory)
  const bytes = readPrivateFile(path)
  return bytes === undefined ? undefined : parseIdentity(path, bytes)
}

/**
 * The key of the secrets, which are in the file of that name; made the first time. Throws `conflict`: `readable_by_others`, `secrets_key_damaged`, and
 * `secrets_key_missing` where there are secrets that only the lost key opens.
 */
export function openSecretsKey(dataDirectory: string, secrets = 'secrets.bin'): Uint8Array {
  const path = join(dataDirectory, 'secrets.key')
  const key = readOrMakePrivateFile(path, () => {
    if (existsSync(join(dataDirectory, secrets))) {
      throw new Fault('conflict', { what: 'secrets_key_missing', detail: path })
    }
    return randomBytes(SECRETS_KEY_BYTES)
  })
  if (key.length !== SECRETS_KEY_BYTES) throw new Fault('conflict', { what: 'secrets_key_damaged', detail: path })
  return key
}

function parseIdentity(path: string, bytes: Uint8Array): Identity {
  const text = Buffer.from(bytes).toString('latin1')
  const [key = '', certificate = ''] = ['PRIVATE KEY', 'CERTIFICATE'].map(
    (label) => new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----\n`).exec(text)?.[0],
  )
  try {
    const parsed = new X509Certificate(certificate)
    if (parsed.checkPrivateKey(createPrivateKey(key))) return { key, certificate, pin: pinOf(parsed) }
  } catch (cause) {
    throw new Fault('conflict', { what: 'identity_damaged', detail: path }, { cause })
  }
  throw new Fault('conflict', { what: 'identity_damaged', detail: path })
}

function identityPath(dataDirectory: string): string {
  return join(dataDirectory, 'identity.pem')
}
