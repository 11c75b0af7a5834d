import { createHash, type ScryptOptions, scrypt } from 'node:crypto'
import { z } from 'zod'
import { Fault, isFault } from '../../../contract/errors.ts'
import { type Backend, MissingFile, type Reading } from './backend.ts'
import { DamagedFile, NotReadable } from './damaged-file.ts'
import { type EnvelopeKey, openEnvelope } from './envelope.ts'

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'))

/** A key file, as in restic's `doc/design.rst`, with such parameters as scrypt has a meaning for. */
const keyFileSchema = z.object({
  kdf: z.literal('scrypt'),
  N: z.number().min(2).refine(isPowerOfTwo),
  r: z.number().min(1),
  p: z.number().min(1),
  salt: base64,
  data: base64,
})
type KeyFile = z.infer<typeof keyFileSchema>

const masterKeySchema = z.object({
  encrypt: base64.refine(({ length }) => length === 32),
  mac: z.object({ k: base64.refine(({ length }) => length === 16), r: base64.refine(({ length }) => length === 16) }),
})

const DERIVED_BYTES = 64
/**
 * What a hostile repository may make us spend on one key. restic chooses parameters that take half a second and at most
 * 60 MiB on the machine where it makes the key.
 */
const MOST_MEMORY = 2 ** 28
/** Of N·r·p: some five seconds. restic's choice is a tenth of it. */
const MOST_WORK = 2 ** 24
/** As many as restic tries. */
const MOST_KEYS = 20
/** Bytes; restic's have half a thousand. */
const LONGEST_KEY_FILE = 65_536

/**
 * Find the key file that the password opens and return the master key in it. Throws `wrong_password` when there is none,
 * `repository_not_initialised` when there is no key at all, and where one that cannot be used might have been it
 * `DamagedFile`, `conflict` (`key_excessive`) or, when it is of a kind this does not know, `NotReadable`.
 */
export async function openKey(backend: Backend, password: string, reading: Reading): Promise<EnvelopeKey> {
  let unusable: Error | undefined
  for (const id of await keysOf(backend, reading)) {
    try {
      const file = await readKeyFile(backend, id, reading)
      requireBounded(file, id)
      const master = await openKeyFile(file, { id, password })
      if (master !== undefined) return master
    } catch (error) {
      if (!isOfOneKey(error)) throw error
      // Whether it is too much matters more: restic, which might open the others, would try it.
      if (!isFault(unusable, 'conflict')) unusable = error
    }
  }
  throw unusable ?? new Fault('wrong_password', {})
}

/**
 * Look at the keys that restic would try, without trying them. Throws `conflict` (`key_excessive`) where one would take
 * more memory or time than is reasonable, which restic would spend.
 */
export async function requireBoundedKeys(backend: Backend, reading: Reading): Promise<void> {
  for (const id of await keysOf(backend, reading)) {
    try {
      requireBounded(await readKeyFile(backend, id, reading), id)
    } catch (error) {
      if (isFault(error, 'conflict') || !isOfOneKey(error)) throw error
    }
  }
}

async function keysOf(backend: Backend, reading: Reading): Promise<readonly string[]> {
  const ids = await backend.list('keys', reading)
  if (ids.length === 0) throw new Fault('repository_not_initialised', {})
  return ids.slice(0, MOST_KEYS)
}

/** Another key may open the repository all the same. */
function isOfOneKey(error: unknown): error is Error {
  const kinds = [DamagedFile, NotReadable, MissingFile]
  return isFault(error, 'conflict') || kinds.some((kind) => error instanceof kind)
}

/** Nothing in a key file is sealed but the master key; that its name is its hash shows whether the rest is whole. */
async function readKeyFile(backend: Backend, id: string, reading: Reading): Promise<KeyFile> {
  // What a server says of sizes may be wrong; how much is read of any file is bounded below.
  const bytes = await backend.read('keys', id, reading)
  if (bytes.length > LONGEST_KEY_FILE) throw new DamagedFile(`keys/${id}`, 'it is too large for a key')
  if (createHash('sha256').update(bytes).digest('hex') !== id) {
    throw new DamagedFile(`keys/${id}`, 'it is not what its name says')
  }
  const file = keyFileSchema.safeParse(parseJson(bytes))
  if (!file.success) throw new NotReadable('a key of this repository is of an unknown kind')
  return file.data
}

function requireBounded({ N, r, p }: KeyFile, id: string): void {
  if (128 * r * (N + p) <= MOST_MEMORY && N * r * p <= MOST_WORK) return
  throw new Fault('conflict', { what: 'key_excessive', detail: `keys/${id.slice(0, 8)} (N ${N}, r ${r}, p ${p})` })
}

async function openKeyFile(
  { N, r, p, salt, data }: KeyFile,
  { id, password }: { readonly id: string; readonly password: string },
): Promise<EnvelopeKey | undefined> {
  // OpenSSL counts a little more than the two tables.
  const options = { N, r, p, maxmem: 128 * r * (N + p) + (1 << 20) }
  const derived = await derive(password, salt, options).catch((cause: unknown) => {
    throw new NotReadable('a key of this repository is derived as OpenSSL does not', { cause })
  })
  const text = openEnvelope(cut(derived), data)
  if (text === undefined) return undefined
  const master = masterKeySchema.safeParse(parseJson(text))
  if (!master.success) throw new DamagedFile(`keys/${id}`, 'what it holds is no key')
  const { encrypt, mac } = master.data
  return { encrypt, macK: mac.k, macR: mac.r }
}

function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(Math.log2(count))
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
