import { refused } from '../../contract/errors.ts'
import { baseName } from '../../contract/shapes/file-name.ts'
import type { RepositoryAccess } from '../../contract/shapes/repository.ts'
import { splitRepositoryUrl } from './split-url.ts'

const SCHEME = /^[a-z][a-z0-9+]*:/i

/**
 * What was typed or pasted, as it is kept: user name and password taken out of the URL (those given apart win), no
 * slash at the end. Throws `invalid_input` for a local path that is not a full one.
 */
export function tidyAccess(access: RepositoryAccess): RepositoryAccess {
  const { url, username, serverPassword } = splitRepositoryUrl(access.url.trim())
  if (!SCHEME.test(url) && !url.startsWith('/')) throw refused(['access', 'url'], 'repository_address')
  return {
    url: url.replace(/(?<=[^/:])\/+$/, ''),
    username: access.username === '' ? username : access.username,
    serverPassword: access.serverPassword === '' ? serverPassword : access.serverPassword,
    password: access.password,
  }
}

/** The name of a repository that was given none: the last part of its URL. */
export function nameFromUrl(url: string): string {
  return baseName(url.replace(/^[a-z0-9+]+:/i, '')) || url
}
