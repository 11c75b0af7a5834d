/** A file of the repository that cannot be what restic wrote. The rest of the repository stays readable. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile'
  /** As it is called in the repository, e.g. `index/4f2a…`. */
  readonly file: string

  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`${file}: ${reason}`, options)
    this.file = file
  }
}

/** A repository, or a part of one, that this reader does not read and restic may. */
export class NotReadable extends Error {
  override readonly name = 'NotReadable'
}
