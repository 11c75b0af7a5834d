import { localPathOf, type ResticRepository, s3Settings, schemeOf } from '../../../restic/repository.ts'
import { isBehindProxy } from '../../reach.ts'
import type { Backend } from '../backend.ts'
import { localBackend } from './local-backend.ts'
import { restBackend } from './rest-backend.ts'
import { readS3Address } from './s3-address.ts'
import { s3Backend } from './s3-backend.ts'

/** The backend that reads where a repository lies; undefined where only restic can. */
export function chooseBackend({ access }: ResticRepository): Backend | undefined {
  const directory = localPathOf(access.url)
  if (directory !== undefined) return localBackend(directory)
  // restic knows the network's proxies; we do not.
  if (isBehindProxy()) return undefined
  const { url, username, serverPassword: password } = access
  if (schemeOf(url) === 'rest') return restBackend({ url: url.slice('rest:'.length), username, password })
  const address = readS3Address(url)
  // Without a key restic looks for one in files and services of the machine.
  if (address === undefined || username === '' || password === '') return undefined
  return s3Backend({ address, username, password, ...s3Settings(access) })
}
