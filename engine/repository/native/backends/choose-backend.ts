import { localPathOf, type ResticRepository, s3Settings, schemeOf } from '../../../restic/repository.ts'
import { isBehindProxy } from '../../reach.ts'
import type { Backend } from '../backend.ts'
import type { LockFiles } from '../lock-files.ts'
import { localBackend, localLocks } from './local-backend.ts'
import { type RestServer, restBackend, restLocks } from './rest-backend.ts'
import { readS3Address } from './s3-address.ts'
import { s3Backend, s3Locks } from './s3-backend.ts'
import type { S3Access } from './s3-store.ts'

/** The backend that reads where a repository lies; undefined where only restic can. */
export function chooseBackend(repository: ResticRepository): Backend | undefined {
  return choose(repository, { local: localBackend, rest: restBackend, s3: s3Backend })
}

/** Where that repository's locks are; undefined where `chooseBackend` knows none. */
export function chooseLocks(repository: ResticRepository): LockFiles | undefined {
  return choose(repository, { local: localLocks, rest: restLocks, s3: s3Locks })
}

interface Ways<T> {
  readonly local: (directory: string) => T
  readonly rest: (server: RestServer) => T
  readonly s3: (access: S3Access) => T
}

function choose<T>({ access }: ResticRepository, { local, rest, s3 }: Ways<T>): T | undefined {
  const directory = localPathOf(access.url)
  if (directory !== undefined) return local(directory)
  // restic knows the network's proxies; we do not.
  if (isBehindProxy()) return undefined
  const { url, username, serverPassword: password } = access
  if (schemeOf(url) === 'rest') return rest({ url: url.slice('rest:'.length), username, password })
  const address = readS3Address(url)
  // Without a key restic looks for one in files and services of the machine.
  if (address === undefined || username === '' || password === '') return undefined
  return s3({ address, username, password, ...s3Settings(access) })
}
