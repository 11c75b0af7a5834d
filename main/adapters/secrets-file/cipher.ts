import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import { Fault } from '../../../contract/errors.ts'

/** scrypt at N = 2^17, r = 8, p = 1: 128 MiB and about half a second a guess (OWASP's password storage figures). */
const KDF = { name: 'scrypt', N: 131_072, r: 8, p: 1 } as const
const MEMORY = 256 << 20

/** What the file says in the clear. The costs are literals, so that a tampered file cannot ask for absurd ones. */
const headerSchema = z.strictObject({
  format: z.literal('restore-console-secrets'),
  version: z.literal(1),
  kdf: z.strictObject({
    name: z.literal(KDF.name),
    N: z.literal(KDF.N),
    r: z.literal(KDF.r),
    p: z.literal(KDF.p),
    salt: z.base64(),
  }),
  cipher: z.literal('aes-256-gcm'),
})
type Header = z.infer<typeof headerSchema>

const sealedSchema = z.strictObject({ header: headerSchema, nonce: z.base64(), tag: z.base64(), data: z.base64() })
const contentSchema = z.array(z.tuple([z.string(), z.string()]))
/** By name. */
export type Secrets = ReadonlyMap<string, string>

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

/** A passphrase made into a key, with the header that says how. */
export interface Lock {
  readonly header: Header
  readonly key: Buffer
}

/** A lock for a new file, with a salt of its own. */
export async function makeLock(passphrase: string): Promise<Lock> {
  const salt = randomBytes(32).toString('base64')
  return lockFor(passphrase, {
    format: 'restore-console-secrets',
    version: 1,
    kdf: { ...KDF, salt },
    cipher: 'aes-256-gcm',
  })
}

/** The file's text: header in the clear and authenticated, secrets encrypted under a nonce never used before. */
export function seal(secrets: Secrets, { header, key }: Lock): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(JSON.stringify(header)))
  const data = Buffer.concat([cipher.update(JSON.stringify([...secrets]), 'utf8'), cipher.final()])
  const base64 = { nonce: nonce.toString('base64'), tag: cipher.getAuthTag().toString('base64') }
  return `${JSON.stringify({ header, ...base64, data: data.toString('base64') }, null, 2)}\n`
}

/**
 * Open a file's text. Throws `wrong_password`, also for a file whose encrypted part was changed, for these cannot be
 * told apart; `conflict` (`secrets_damaged`) for what is no such file.
 */
export async function unseal(text: string, passphrase: string): Promise<{ lock: Lock; secrets: Secrets }> {
  const { header, nonce, tag, data } = readSealed(text)
  const lock = await lockFor(passphrase, header)
  const decipher = createDecipheriv('aes-256-gcm', lock.key, Buffer.from(nonce, 'base64'), { authTagLength: 16 })
  try {
    decipher.setAAD(Buffer.from(JSON.stringify(header))).setAuthTag(Buffer.from(tag, 'base64'))
    const plain = Buffer.concat([decipher.update(data, 'base64'), decipher.final()])
    return { lock, secrets: new Map(contentSchema.parse(JSON.parse(plain.toString('utf8')))) }
  } catch (cause) {
    throw new Fault('wrong_password', {}, { cause })
  }
}

async function lockFor(passphrase: string, header: Header): Promise<Lock> {
  const { salt, N, r, p } = header.kdf
  const text = passphrase.normalize('NFKC')
  return { header, key: await derive(text, Buffer.from(salt, 'base64'), 32, { N, r, p, maxmem: MEMORY }) }
}

function readSealed(text: string): z.infer<typeof sealedSchema> {
  try {
    return sealedSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new Fault('conflict', { what: 'secrets_damaged', detail: 'secrets file' }, { cause })
  }
}
