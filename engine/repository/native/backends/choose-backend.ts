import type { RepositoryAccess } from '../../../../contract/shapes/repository.ts'
import { localPathOf, s3Settings, schemeOf } from '../../../restic/repository.ts'
import { isBehindProxy } from '../../reach.ts'
import type { Backend } from '../backend.ts'
import type { LockFiles } from '../lock-files.ts'
import { localBackend, localLocks } from './local-backend.ts'
import { type RestServer, restBackend, restLocks } from './rest-backend.ts'
import { readS3Address } from './s3-address.ts'
import { s3Backend, s3Locks } from './s3-backend.ts'
import type { S3Access } from './s3-store.ts'

/** Where a repository lies, and what lets us in. */
export interface Opening {
  readonly access: RepositoryAccess
  /** Of an S3 store, where it is known; else the environment's, or the store is asked. */
  readonly region?: string
}

/** The backend that reads where a repository lies; undefined where only restic can. */
export function chooseBackend(repository: Opening): Backend | undefined {
  return choose(repository, { local: localBackend, rest: restBackend, s3: s3Backend })
}

/** Where that repository's locks are; undefined where `chooseBackend` knows none. */
export function chooseLocks(repository: Opening): LockFiles | undefined {
  return choose(repository, { local: localLocks, rest: restLocks, s3: s3Locks })
}

interface Ways<T> {
  readonly local: (directory: string) => T
  readonly rest: (server: RestServer) => T
  readonly s3: (access: S3Access) => T
}

function choose<T>({ access, region }: Opening, { local, rest, s3 }: Ways<T>): T | undefined {
  const directory = localPathOf(access.url)
  if (directory !== undefined) return local(directory)
  // restic knows the network's proxies; we do not.
  if (isBehindProxy()) return undefined
  const { url, username, serverPassword: password } = access
  if (schemeOf(url) === 'rest') return rest({ url: url.slice('rest:'.length), username, password })
  const address = readS3Address(url)
  // Without a key restic looks for one in files and services of the machine.
  if (address === undefined || username === '' || password === '') return undefined
  return s3({ address, username, password, ...s3Settings(access), ...(region === undefined ? {} : { region }) })
}
