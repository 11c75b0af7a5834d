import type { RepositoryAccess } from '../../contract/shapes/repository.ts'
import type { Restic } from './restic.ts'

/** A repository as restic is to open it. */
export interface ResticRepository {
  readonly restic: Restic
  readonly access: RepositoryAccess
  /** restic keeps copies of indexes and directory listings here. */
  readonly cacheDirectory: string
  /** Environment that tells whose child a process is, so that one left behind by a crash can be found. */
  readonly mark: Readonly<Record<string, string>>
}
