import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Fault } from '../../../contract/errors.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { type Backend, MissingFile, type Reading, type TreeReading } from './backend.ts'
import { type BlobPlace, BlobTable } from './blob-table.ts'
import { DamagedFile, NotReadable } from './damaged-file.ts'
import { type EnvelopeKey, openFile, type ReadyKey, readyKey, sealEnvelope } from './envelope.ts'
import { readIndexFile } from './index-file.ts'
import { openKey } from './keys.ts'
import { checkPlace, decompressFile, openBlob } from './open-blob.ts'
import { PackWindows } from './pack-windows.ts'
import { PieceIndex } from './piece-index.ts'
import { type ContentsReading, PieceReader } from './piece-reader.ts'
import { readTogether } from './read-together.ts'
import { release } from './release.ts'
import { ResticCache } from './restic-cache.ts'
import { SnapshotFiles } from './snapshot-files.ts'

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
const REFRESHES = 2

/** A repository held open for reading: its key and where its trees lie are in memory. It never writes and never locks. */
export class NativeRepository {
  /** As its `config` has it. */
  readonly id: string
  readonly #backend: Backend
  readonly #key: ReadyKey
  readonly #compressed: boolean
  readonly #cache: ResticCache
  readonly #cachedWindows: PackWindows
  readonly #windows: PackWindows
  readonly #table = new BlobTable()
  readonly #indexFiles = new Set<string>()
  readonly #pieceIndex: PieceIndex
  readonly #pieces: PieceReader
  readonly #snapshotFiles: SnapshotFiles
  #refreshing: Promise<DamagedFile | undefined> | undefined

  private constructor(options: NativeRepositoryOptions, key: EnvelopeKey, config: z.infer<typeof configSchema>) {
    this.id = config.id
    this.#backend = options.backend
    this.#key = readyKey(key)
    this.#compressed = config.version >= 2
    this.#cache = new ResticCache(options.cacheDirectory, config.id)
    this.#cachedWindows = new PackWindows((...range) => this.#cache.readRange(...range))
    // Without a signal: a window is for whoever comes, not for the one who came first.
    this.#windows = new PackWindows((...range) => this.#backend.readRange(...range, {}))
    this.#pieceIndex = new PieceIndex({
      list: (reading) => this.#backend.list('index', reading),
      read: (id, reading) => this.readIndex(id, reading),
    })
    this.#pieces = new PieceReader({ backend: this.#backend, key: this.#key, index: this.#pieceIndex })
    this.#snapshotFiles = new SnapshotFiles({
      list: (reading) => this.#backend.list('snapshots', reading),
      read: (id, reading) => this.#readSnapshot(id, reading),
    })
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

  /** Seal something as this repository's files are sealed. Nothing is written. */
  seal(text: Buffer): Buffer {
    return sealEnvelope(this.#key, text)
  }

  /** Tree blobs known, and the bytes that knowing them and the pieces of files takes. */
  get indexed(): { readonly trees: number; readonly bytes: number } {
    return { trees: this.#table.size, bytes: this.#table.bytes + this.#pieceIndex.bytes }
  }

  /** The snapshots that are there now, newest first; what was read before is not read again. Throws what the backend throws. */
  snapshots(reading: Reading): Promise<Snapshot[]> {
    return this.#snapshotFiles.list(reading)
  }

  /**
   * The beginning of what a file holds, `limit` bytes or all there are, from the ids of its pieces. Throws `not_found`
   * (`blob`), `DamagedFile` and what the backend throws.
   */
  readContents(ids: readonly string[], reading: ContentsReading): Promise<Buffer> {
    return this.#pieces.read(ids, reading)
  }

  /**
   * The stored form of a tree, checked against its id. A tree that the index does not know, or that is not where it says,
   * makes the index be read again: twice, since a prune may change it under the first reading. Throws `not_found` and
   * `DamagedFile`.
   */
  async readTree(treeId: string, reading: TreeReading): Promise<Buffer> {
    let damage: DamagedFile | undefined
    for (let refreshed = 0; ; refreshed += 1) {
      const known = await this.#readKnown(treeId, reading)
      if (Buffer.isBuffer(known)) return known
      damage = known ?? damage
      if (refreshed === REFRESHES) throw damage ?? new Fault('not_found', { what: 'tree', id: treeId })
      damage = (await this.#refresh()) ?? damage
    }
  }

  /**
   * Read the index files that were not read yet. Those who ask meanwhile share the one reading. Answers with what is wrong
   * with one that cannot be read; the others are known then all the same.
   */
  async #refresh(): Promise<DamagedFile | undefined> {
    this.#refreshing ??= this.#readNewIndexFiles().finally(() => {
      this.#refreshing = undefined
    })
    return this.#refreshing
  }

  async #readNewIndexFiles(): Promise<DamagedFile | undefined> {
    // Without a signal, as with the windows: it is for whoever waits.
    const ids = await this.#backend.list('index', {})
    const fresh = ids.filter((id) => !this.#indexFiles.has(id))
    let unreadable: DamagedFile | undefined
    await readTogether(fresh, AT_ONCE, async (id) => {
      try {
        const text = await this.readIndex(id, {})
        readIndexFile(text, `index/${id}`, (blobId, place) => this.#table.add(blobId, place))
        release(text)
        this.#indexFiles.add(id)
      } catch (error) {
        if (error instanceof DamagedFile) unreadable = error
        // Pruned since it was listed: what it held stands in another.
        else if (!(error instanceof MissingFile)) throw error
      }
    })
    return unreadable
  }

  async #readSnapshot(id: string, reading: Reading): Promise<Buffer> {
    const file = `snapshots/${id}`
    return fromCopyOr(
      this.#cache.readSnapshot(id),
      () => this.#backend.read('snapshots', id, reading),
      (sealed) => {
        if (createHash('sha256').update(sealed).digest('hex') !== id) {
          throw new DamagedFile(file, 'it is not what its id says')
        }
        return this.#unpack(sealed, file)
      },
    )
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

  /** From the first of its places where it is whole; what is wrong where it is at none, undefined where it is missing. */
  async #readKnown(treeId: string, reading: TreeReading): Promise<Buffer | DamagedFile | undefined> {
    let damage: DamagedFile | undefined
    for (const place of this.#table.find(treeId)) {
      try {
        return await this.#readAt(treeId, place, reading)
      } catch (error) {
        if (error instanceof DamagedFile) damage = error
        else if (!(error instanceof MissingFile)) throw error
      }
    }
    return damage
  }

  async #readAt(treeId: string, place: BlobPlace, reading: TreeReading): Promise<Buffer> {
    const { packId, offset, length } = place
    checkPlace(place, LARGEST_TREE)
    const [cached, stored] = reading.ahead === true ? [this.#cachedWindows, this.#windows] : [undefined, undefined]
    return fromCopyOr(
      cached?.range(packId, offset, length) ?? this.#cache.readRange(packId, offset, length),
      async () =>
        (await stored?.range(packId, offset, length)) ?? this.#backend.readRange(packId, offset, length, reading),
      (sealed) => openBlob(this.#key, treeId, place, sealed),
    )
  }

  #unpack(sealed: Buffer, file: string): Buffer {
    const text = openFile(this.#key, sealed, file)
    if (!this.#compressed || text[0] === OBJECT || text[0] === ARRAY) return text
    if (text[0] !== ZSTD) throw new NotReadable(`${file} is packed in an unknown way`)
    const plain = decompressFile(text.subarray(1), file, LARGEST_TREE)
    release(text)
    return plain
  }
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
