/** The kinds of file of a repository that are kept in folders. */
export type RepositoryFolder = 'keys' | 'snapshots' | 'index' | 'data' | 'locks'

export interface Reading {
  readonly signal?: AbortSignal | undefined
}

/** How a tree is read. */
export interface TreeReading extends Reading {
  /** Its neighbours are wanted next: read them along with it. */
  readonly ahead?: boolean
}

/**
 * Where a repository's files lie. It can only read; a backend is one file in `backends/`. What the network or the disk
 * says becomes a `Fault` (`unreachable`, `unauthenticated`, `repository_not_initialised`), a file that is not there
 * `MissingFile`.
 */
export interface Backend {
  /** The ids (64 hexadecimal digits) of the files of a folder; other names are left out. */
  list(folder: RepositoryFolder, reading: Reading): Promise<string[]>
  /** The same, with how many bytes each has. */
  sizes(folder: RepositoryFolder, reading: Reading): Promise<ReadonlyMap<string, number>>
  readConfig(reading: Reading): Promise<Buffer>
  read(folder: RepositoryFolder, id: string, reading: Reading): Promise<Buffer>
  /** `length` bytes of a pack from `offset`, or as many as there are. */
  readRange(packId: string, offset: number, length: number, reading: Reading): Promise<Buffer>
}

/** A file that the repository was said to have and has not: pruned meanwhile, or lost. */
export class MissingFile extends Error {
  override readonly name = 'MissingFile'
  readonly file: string

  constructor(file: string, options?: ErrorOptions) {
    super(`${file} is missing in the repository`, options)
    this.file = file
  }
}

const FILE_ID = /^[0-9a-f]{64}$/

/** True for the name of a repository's file; backends hold temporary files of other names too. */
export function isFileId(name: string): boolean {
  return FILE_ID.test(name)
}
