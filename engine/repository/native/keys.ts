import { createHash, type ScryptOptions, scrypt } from 'node:crypto'
import { z } from 'zod'
import { Fault } from '../../../contract/errors.ts'
import { type Backend, MissingFile, type Reading } from './backend.ts'
import { DamagedFile, NotReadable } from './damaged-file.ts'
import { type EnvelopeKey, openEnvelope } from './envelope.ts'

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'))

/** A key file, as in restic's `doc/design.rst`. The bounds keep a hostile repository from taking all memory. */
const keyFileSchema = z.object({
  kdf: z.literal('scrypt'),
  N: z
    .number()
    .int()
    .min(2)
    .max(1 << 20),
  r: z.number().int().min(1).max(64),
  p: z.number().int().min(1).max(64),
  salt: base64,
  data: base64,
})
type KeyFile = z.infer<typeof keyFileSchema>

const masterKeySchema = z.object({ encrypt: base64, mac: z.object({ k: base64, r: base64 }) })

const DERIVED_BYTES = 64
const MEMORY_LIMIT = 1 << 30

/**
 * Find the key file that the password opens and return the master key in it. Throws `wrong_password` when there is none,
 * `repository_not_initialised` when there is no key at all, and where one that cannot be used might have been it
 * `DamagedFile` or, when it is of a kind this does not know, `NotReadable`.
 */
export async function openKey(backend: Backend, password: string, reading: Reading): Promise<EnvelopeKey> {
  const ids = await backend.list('keys', reading)
  if (ids.length === 0) throw new Fault('repository_not_initialised', {})
  let unusable: DamagedFile | NotReadable | undefined
  for (const id of ids) {
    try {
      const master = await openKeyFile(await readKeyFile(backend, id, reading), password)
      if (master !== undefined) return master
    } catch (error) {
      if (error instanceof DamagedFile || error instanceof NotReadable) unusable = error
      // Removed since it was listed.
      else if (!(error instanceof MissingFile)) throw error
    }
  }
  throw unusable ?? new Fault('wrong_password', {})
}

/** Nothing in a key file is sealed but the master key; that its name is its hash shows whether the rest is whole. */
async function readKeyFile(backend: Backend, id: string, reading: Reading): Promise<KeyFile> {
  const bytes = await backend.read('keys', id, reading)
  if (createHash('sha256').update(bytes).digest('hex') !== id) {
    throw new DamagedFile(`keys/${id}`, 'it is not what its name says')
  }
  const file = keyFileSchema.safeParse(parseJson(bytes))
  if (!file.success) throw new NotReadable('a key of this repository is of an unknown kind')
  return file.data
}

async function openKeyFile(file: KeyFile, password: string): Promise<EnvelopeKey | undefined> {
  const memory = 128 * file.N * file.r + 128 * file.r * file.p
  if (memory > MEMORY_LIMIT) throw new NotReadable('a key of this repository asks for more memory than is reasonable')
  const options = { N: file.N, r: file.r, p: file.p, maxmem: memory + (1 << 20) }
  const text = openEnvelope(cut(await derive(password, file.salt, options)), file.data)
  if (text === undefined) return undefined
  const master = masterKeySchema.parse(parseJson(text))
  return { encrypt: master.encrypt, macK: master.mac.k, macR: master.mac.r }
}

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, DERIVED_BYTES, options, (error, bytes) => (error ? reject(error) : resolve(bytes)))
  })
}

function cut(derived: Buffer): EnvelopeKey {
  return { encrypt: derived.subarray(0, 32), macK: derived.subarray(32, 48), macR: derived.subarray(48, 64) }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
