import { posix } from 'node:path'
import { Readable } from 'node:stream'
import type { GetObjectCommandInput } from '@aws-sdk/client-s3'
import { Fault } from '../../../../contract/errors.ts'
import { ReasonedError, reasonOf } from '../../../../contract/reasons.ts'
import { type Backend, isFileId, MissingFile, type Reading, type RepositoryFolder } from '../backend.ts'
import { NotReadable } from '../damaged-file.ts'
import type { LockFiles } from '../lock-files.ts'
import { answerOf, meaningOf, openStore, type S3Access, type S3Store, sendOptions } from './s3-store.ts'

/** A read whose bytes stop coming half way is begun again so often. */
const BODY_TRIES = 2
const BEYOND_ITS_END = 416
/** Bytes that no file of a repository has: a store that sends more would take all memory. */
const LARGEST_FILE = 2 ** 30

type Wanted = Pick<GetObjectCommandInput, 'Range'> & {
  /** Bytes that the answer may have. */
  readonly limit: number
}

/** A repository in an S3 store, in restic's default layout; the old one of its own that S3 had is left to restic. */
export function s3Backend(access: S3Access): Backend {
  const { bucket, prefix } = access.address
  const keyOf = (file: string): string => posix.join(prefix, file.replace(/^data\/(..)/, 'data/$1/$1'))
  let opened: S3Store | undefined

  async function ask<T>(file: string, reading: Reading, question: (store: S3Store) => Promise<T>): Promise<T> {
    reading.signal?.throwIfAborted()
    opened ??= await openStore(access, reading)
    try {
      return await question(opened)
    } catch (error) {
      throw meaningOf(error, access, file, reading)
    }
  }

  function get(file: string, reading: Reading, { limit, ...more }: Wanted = { limit: LARGEST_FILE }): Promise<Buffer> {
    const input = { ...more, Bucket: bucket, Key: keyOf(file) }
    return ask(file, reading, async (store) => {
      const answer = await download(store, input, { ...reading, limit })
      if (answer !== undefined) return answer
      throw new ReasonedError(reasonOf('answer_too_large', { limit, path: file }))
    })
  }

  function sizes(folder: RepositoryFolder, reading: Reading): Promise<Map<string, number>> {
    return ask(folder, reading, async ({ sdk, client }) => {
      const sizes = new Map<string, number>()
      const pages = sdk.paginateListObjectsV2(
        { client },
        { Bucket: bucket, Prefix: `${keyOf(folder)}/` },
        sendOptions(reading),
      )
      for await (const { Contents = [] } of pages) {
        for (const { Key = '', Size = 0 } of Contents) {
          const name = posix.basename(Key)
          if (isFileId(name)) sizes.set(name, Size)
        }
      }
      return sizes
    })
  }

  async function readConfig(reading: Reading): Promise<Buffer> {
    return get('config', reading).catch((error: unknown) => {
      throw error instanceof MissingFile ? new Fault('repository_not_initialised', {}, { cause: error }) : error
    })
  }

  return {
    async list(folder, reading) {
      const ids = [...(await sizes(folder, reading)).keys()]
      if (folder !== 'keys' || ids.length > 0) return ids
      await readConfig(reading)
      throw new NotReadable('this repository has a config and no keys: it is of an old layout')
    },
    sizes,
    readConfig,
    read: (folder, id, reading) => get(`${folder}/${id}`, reading),
    readRange: (packId, offset, length, reading) =>
      get(`data/${packId}`, reading, { Range: `bytes=${offset}-${offset + length - 1}`, limit: length }),
  }
}

/** The locks of such a repository. */
export function s3Locks(access: S3Access): LockFiles {
  const { bucket: Bucket, prefix } = access.address
  const keyOf = (id: string): string => posix.join(prefix, 'locks', id)
  async function ask(id: string, reading: Reading, question: (store: S3Store) => Promise<unknown>): Promise<void> {
    try {
      await question(await openStore(access, reading))
    } catch (error) {
      throw meaningOf(error, access, `locks/${id}`, reading)
    }
  }
  return {
    write: (id, Body, reading) =>
      ask(id, reading, ({ sdk, client }) =>
        client.send(new sdk.PutObjectCommand({ Bucket, Key: keyOf(id), Body }), sendOptions(reading)),
      ),
    remove: (id, reading) =>
      ask(id, reading, ({ sdk, client }) =>
        client.send(new sdk.DeleteObjectCommand({ Bucket, Key: keyOf(id) }), sendOptions(reading)),
      ),
  }
}

/** Undefined where there is more than the limit. */
async function download(
  { sdk, client }: S3Store,
  input: GetObjectCommandInput,
  reading: Reading & Pick<Wanted, 'limit'>,
): Promise<Buffer | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const { Body: body } = await client
      .send(new sdk.GetObjectCommand(input), sendOptions(reading))
      .catch((error: unknown) => {
        if (input.Range !== undefined && answerOf(error)?.status === BEYOND_ITS_END) return { Body: undefined }
        throw error
      })
    if (!(body instanceof Readable)) return Buffer.alloc(0)
    try {
      return await collect(body, reading.limit)
    } catch (error) {
      if (reading.signal?.aborted === true || attempt === BODY_TRIES) throw error
    }
  }
}

/** Undefined where there is more than the limit; the connection is closed then. */
async function collect(body: AsyncIterable<Buffer>, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let received = 0
  for await (const chunk of body) {
    received += chunk.length
    if (received > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
