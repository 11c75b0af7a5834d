import { createHash } from 'node:crypto'
import { zstdDecompressSync } from 'node:zlib'
import { z } from 'zod'
import { Fault } from '../../../contract/errors.ts'
import { type Backend, MissingFile, type Reading, type TreeReading } from './backend.ts'
import { type BlobPlace, BlobTable } from './blob-table.ts'
import { DamagedFile, NotReadable } from './damaged-file.ts'
import { type EnvelopeKey, openFile, type ReadyKey, readyKey } from './envelope.ts'
import { readIndexFile } from './index-file.ts'
import { openKey } from './keys.ts'
import { PackWindows } from './pack-windows.ts'
import { readTogether } from './read-together.ts'
import { release } from './release.ts'
import { ResticCache } from './restic-cache.ts'

const configSchema = z.object({ version: z.number().int(), id: z.string().regex(/^[0-9a-f]{64}$/) })

export interface NativeRepositoryOptions {
  readonly backend: Backend
  readonly password: string
  /** restic's own cache: `<cacheDirectory>/<repository id>` holds verbatim copies of indexes and tree packs. */
  readonly cacheDirectory: string
}

const ZSTD = 2
const OBJECT = 0x7b
const ARRAY = 0x5b
/** Bytes a tree may have: restic's largest directories seen stay far below. */
const LARGEST_TREE = 1 << 30
const AT_ONCE = 4
const SMALLEST_CHUNK = 64
/** An index file is smaller, so that it comes in one piece too. */
const LARGEST_CHUNK = 1 << 24

/** A repository held open for reading its trees: key and index in memory. It never writes and never locks. */
export class NativeRepository {
  readonly #backend: Backend
  readonly #key: ReadyKey
  readonly #compressed: boolean
  readonly #cache: ResticCache
  readonly #cachedWindows: PackWindows
  readonly #windows: PackWindows
  readonly #table = new BlobTable()
  readonly #indexFiles = new Set<string>()
  #refreshing: Promise<void> | undefined

  private constructor(options: NativeRepositoryOptions, key: EnvelopeKey, config: z.infer<typeof configSchema>) {
    this.#backend = options.backend
    this.#key = readyKey(key)
    this.#compressed = config.version >= 2
    this.#cache = new ResticCache(options.cacheDirectory, config.id)
    this.#cachedWindows = new PackWindows((...range) => this.#cache.readRange(...range))
    // Without a signal: a window is for whoever comes, not for the one who came first.
    this.#windows = new PackWindows((...range) => this.#backend.readRange(...range, {}))
  }

  /**
   * Open a repository of format 1 or 2. Throws `wrong_password`, what its backend throws, `DamagedFile` for a damaged
   * config, and `NotReadable` for a format that this reader does not know.
   */
  static async open(options: NativeRepositoryOptions, reading: Reading): Promise<NativeRepository> {
    const key = await openKey(options.backend, options.password, reading)
    const config = configSchema.safeParse(
      JSON.parse(openFile(key, await options.backend.readConfig(reading), 'config').toString('utf8')),
    )
    if (!config.success || config.data.version > 2) throw new NotReadable('the format of this repository is newer')
    return new NativeRepository(options, key, config.data)
  }

  /** Tree blobs known, and the bytes that knowing them takes. */
  get indexed(): { readonly trees: number; readonly bytes: number } {
    return { trees: this.#table.size, bytes: this.#table.bytes }
  }

  /**
   * The stored form of a tree, checked against its id. A tree that the index does not know, or whose pack was pruned
   * away, makes the index be read again once. Throws `not_found` and `DamagedFile`.
   */
  async readTree(treeId: string, reading: TreeReading): Promise<Buffer> {
    const known = await this.#readKnown(treeId, reading)
    if (known !== undefined) return known
    await this.refresh(reading)
    const found = await this.#readKnown(treeId, reading)
    if (found === undefined) throw new Fault('not_found', { what: 'tree', id: treeId })
    return found
  }

  /** Read the index files that were not read yet. Those who ask meanwhile share the one reading. */
  async refresh(reading: Reading): Promise<void> {
    this.#refreshing ??= this.#readNewIndexFiles(reading).finally(() => {
      this.#refreshing = undefined
    })
    await this.#refreshing
  }

  async #readNewIndexFiles(reading: Reading): Promise<void> {
    const ids = await this.#backend.list('index', reading)
    const fresh = ids.filter((id) => !this.#indexFiles.has(id))
    await readTogether(fresh, AT_ONCE, async (id) => {
      const text = await this.readIndex(id, reading)
      readIndexFile(text, `index/${id}`, (blobId, place) => this.#table.add(blobId, place))
      release(text)
      this.#indexFiles.add(id)
    })
  }

  /** An index file's text. */
  async readIndex(id: string, reading: Reading): Promise<Buffer> {
    return fromCopyOr(
      this.#cache.readIndex(id),
      () => this.#backend.read('index', id, reading),
      (sealed) => {
        const text = this.#unpack(sealed, `index/${id}`)
        release(sealed)
        return text
      },
    )
  }

  async #readKnown(treeId: string, reading: TreeReading): Promise<Buffer | undefined> {
    let failure: unknown
    for (const place of this.#table.find(treeId)) {
      try {
        return await this.#readAt(treeId, place, reading)
      } catch (error) {
        if (!(error instanceof MissingFile) && !(error instanceof DamagedFile)) throw error
        failure = error
      }
    }
    if (failure instanceof DamagedFile) throw failure
    return undefined
  }

  async #readAt(treeId: string, place: BlobPlace, reading: TreeReading): Promise<Buffer> {
    const { packId, offset, length, plainLength } = place
    const [cached, stored] = reading.ahead === true ? [this.#cachedWindows, this.#windows] : [undefined, undefined]
    return fromCopyOr(
      cached?.range(packId, offset, length) ?? this.#cache.readRange(packId, offset, length),
      async () =>
        (await stored?.range(packId, offset, length)) ?? this.#backend.readRange(packId, offset, length, reading),
      (sealed) => this.#openTree(treeId, { file: `data/${packId}`, sealed, plainLength }),
    )
  }

  #openTree(treeId: string, { file, sealed, plainLength }: SealedTree): Buffer {
    if (plainLength > LARGEST_TREE) throw new DamagedFile(file, 'a tree in it is said to be larger than any tree')
    const text = openFile(this.#key, sealed, file)
    const plain = plainLength === 0 ? text : decompress(text, file, plainLength)
    if (createHash('sha256').update(plain).digest('hex') === treeId) return plain
    throw new DamagedFile(file, 'a tree in it is not what its id says')
  }

  #unpack(sealed: Buffer, file: string): Buffer {
    const text = openFile(this.#key, sealed, file)
    if (!this.#compressed || text[0] === OBJECT || text[0] === ARRAY) return text
    if (text[0] !== ZSTD) throw new NotReadable(`${file} is packed in an unknown way`)
    const plain = decompress(text.subarray(1), file, LARGEST_TREE)
    release(text)
    return plain
  }
}

interface SealedTree {
  readonly file: string
  readonly sealed: Buffer
  readonly plainLength: number
}

/** Open a local copy, or the file itself where there is no copy or the copy is damaged. */
async function fromCopyOr<T>(
  copy: Promise<Buffer | undefined>,
  read: () => Promise<Buffer>,
  opened: (sealed: Buffer) => T,
): Promise<T> {
  const sealed = await copy
  if (sealed !== undefined) {
    try {
      return opened(sealed)
    } catch (error) {
      if (!(error instanceof DamagedFile)) throw error
    }
  }
  return opened(await read())
}

function decompress(text: Buffer, file: string, limit: number): Buffer {
  // One piece of the right size where it is known: Node's own choice, 16 KiB, is ten times a tree.
  const chunkSize = Math.max(SMALLEST_CHUNK, Math.min(limit + 1, LARGEST_CHUNK))
  try {
    return zstdDecompressSync(text, { maxOutputLength: Math.max(limit, 1), chunkSize })
  } catch (cause) {
    throw new DamagedFile(file, 'it cannot be decompressed', { cause })
  }
}
