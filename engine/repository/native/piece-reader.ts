import { Fault } from '../../../contract/errors.ts'
import { type Backend, MissingFile, type Reading } from './backend.ts'
import type { BlobPlace } from './blob-table.ts'
import { DamagedFile } from './damaged-file.ts'
import type { ReadyKey } from './envelope.ts'
import { checkPlace, openBlob, plainLengthOf } from './open-blob.ts'
import type { PieceIndex } from './piece-index.ts'
import { readTogether } from './read-together.ts'
import { release } from './release.ts'

/** Files are cut into pieces of at least so many bytes, but for the last one of each. */
const SMALLEST_PIECE = 512 * 1024
/** restic makes them of 8 MiB at most. */
const LARGEST_PIECE = 64 * 2 ** 20
/** Neighbours are read together up to so many bytes; more than that is better read side by side. */
const LARGEST_RANGE = 4 * 2 ** 20
const AT_ONCE = 4

export interface ContentsReading extends Reading {
  /** Bytes from the file's beginning. */
  readonly limit: number
}

interface Piece {
  readonly id: string
  readonly place: BlobPlace
}

interface PieceReaderOptions {
  readonly backend: Backend
  readonly key: ReadyKey
  readonly index: PieceIndex
}

/** Reads what files hold, piece by piece, each verified. Nothing of it is kept. */
export class PieceReader {
  readonly #backend: Backend
  readonly #key: ReadyKey
  readonly #index: PieceIndex

  constructor({ backend, key, index }: PieceReaderOptions) {
    this.#backend = backend
    this.#key = key
    this.#index = index
  }

  /**
   * The beginning of a file that these pieces make, `limit` bytes or all there are; several pieces are read at once, none
   * that is not needed. Throws `not_found` (`blob`), `DamagedFile` and what the backend throws.
   */
  async read(ids: readonly string[], { limit, signal }: ContentsReading): Promise<Buffer> {
    const parts: Buffer[] = []
    let length = 0
    for (let from = 0; from < ids.length && length < limit; ) {
      signal?.throwIfAborted()
      const batch = ids.slice(from, from + 1 + Math.ceil((limit - length) / SMALLEST_PIECE))
      const pieces = beginning(await this.#placesOf(batch, { signal }), limit - length)
      const texts = await this.#readPieces(pieces, { signal })
      for (const { id } of pieces) {
        const text = texts.get(id)
        if (text === undefined) throw new Fault('not_found', { what: 'blob', id })
        parts.push(text)
        length += text.length
      }
      from += pieces.length
    }
    return Buffer.concat(parts, Math.min(length, limit))
  }

  async #placesOf(ids: readonly string[], reading: Reading): Promise<Piece[]> {
    const places = await this.#index.find(ids, reading)
    return ids.map((id) => {
      const place = places.get(id)
      if (place === undefined) throw new Fault('not_found', { what: 'blob', id })
      return { id, place }
    })
  }

  /** Each piece's text by its id. What is not where it was said to be is looked for anew, wherever else it may be. */
  async #readPieces(pieces: readonly Piece[], reading: Reading): Promise<Map<string, Buffer>> {
    const texts = new Map<string, Buffer>()
    const lost = new Set<string>()
    await readTogether(rangesOf(pieces), AT_ONCE, async (range) => {
      const found = await this.#readRange(range, reading)
      for (const { id } of range) {
        const text = found.get(id)
        if (text === undefined) lost.add(id)
        else texts.set(id, text)
      }
    })
    if (lost.size === 0) return texts
    const places = await this.#index.findAll([...lost], reading)
    for (const id of lost) texts.set(id, await this.#readAnywhere(id, places.get(id) ?? [], reading))
    return texts
  }

  /** Those of a range that can be read. */
  async #readRange(range: readonly Piece[], reading: Reading): Promise<Map<string, Buffer>> {
    const texts = new Map<string, Buffer>()
    const [first, last] = [range[0], range.at(-1)]
    if (first === undefined || last === undefined) return texts
    const { packId, offset } = first.place
    const end = last.place.offset + last.place.length
    const sealed = await unlessLost(() => {
      for (const { place } of range) checkPlace(place, LARGEST_PIECE)
      return this.#backend.readRange(packId, offset, end - offset, reading)
    })
    if (sealed === undefined) return texts
    for (const { id, place } of range) {
      const from = place.offset - offset
      const text = await unlessLost(() => openBlob(this.#key, id, place, sealed.subarray(from, from + place.length)))
      if (text !== undefined) texts.set(id, text)
    }
    release(sealed)
    return texts
  }

  async #readAnywhere(id: string, places: readonly BlobPlace[], reading: Reading): Promise<Buffer> {
    let damage: DamagedFile | undefined
    for (const place of places) {
      try {
        checkPlace(place, LARGEST_PIECE)
        const sealed = await this.#backend.readRange(place.packId, place.offset, place.length, reading)
        return openBlob(this.#key, id, place, sealed)
      } catch (error) {
        if (error instanceof DamagedFile) damage = error
        else if (!(error instanceof MissingFile)) throw error
      }
    }
    throw damage ?? new Fault('not_found', { what: 'blob', id })
  }
}

/** The first pieces, up to the one in which the limit lies. */
function beginning(pieces: readonly Piece[], limit: number): readonly Piece[] {
  let length = 0
  for (const [at, { place }] of pieces.entries()) {
    length += plainLengthOf(place)
    if (length >= limit) return pieces.slice(0, at + 1)
  }
  return pieces
}

/** Each piece once, those that lie side by side together. */
function rangesOf(pieces: readonly Piece[]): Piece[][] {
  const ranges: Piece[][] = []
  for (const piece of new Map(pieces.map((one) => [one.id, one])).values()) {
    const range = ranges.at(-1)
    const first = range?.[0]?.place
    const last = range?.at(-1)?.place
    const { packId, offset, length } = piece.place
    const follows = last !== undefined && last.packId === packId && last.offset + last.length === offset
    const fits = first !== undefined && offset + length - first.offset <= LARGEST_RANGE
    if (range !== undefined && follows && fits) range.push(piece)
    else ranges.push([piece])
  }
  return ranges
}

/** Undefined for what is missing or damaged. */
async function unlessLost(read: () => Buffer | Promise<Buffer>): Promise<Buffer | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof MissingFile || error instanceof DamagedFile) return undefined
    throw error
  }
}
