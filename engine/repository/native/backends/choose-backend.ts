import { localPathOf, type ResticRepository, schemeOf } from '../../../restic/repository.ts'
import { isBehindProxy } from '../../reach.ts'
import type { Backend } from '../backend.ts'
import { localBackend } from './local-backend.ts'
import { restBackend } from './rest-backend.ts'

/** The backend that reads where a repository lies; undefined where only restic can. */
export function chooseBackend({ access }: ResticRepository): Backend | undefined {
  const directory = localPathOf(access.url)
  if (directory !== undefined) return localBackend(directory)
  // restic knows the network's proxies; fetch does not.
  if (schemeOf(access.url) !== 'rest' || isBehindProxy()) return undefined
  return restBackend({
    url: access.url.slice('rest:'.length),
    username: access.username,
    password: access.serverPassword,
  })
}
