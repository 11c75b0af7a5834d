import { readFile } from 'node:fs/promises'
import { homedir, platform } from 'node:os'
import { join, resolve } from 'node:path'
import type { RepositoryAccess } from '../../contract/shapes/repository.ts'
import { splitRepositoryUrl } from '../../engine/repository/split-url.ts'
import { localPathOf, SERVER_CREDENTIALS, schemeOf } from '../../engine/restic/repository.ts'
import { tidyAccess } from '../../engine/repository/tidy-access.ts'
import { type Surroundings, UsageError } from '../../engine/command-line/command.ts'

type Environment = Surroundings['environment']

/**
 * What opens a repository, taken from where restic takes it: RESTIC_REPOSITORY unless an address is given, the password
 * from RESTIC_PASSWORD_FILE or else RESTIC_PASSWORD, the server's credentials from the address or else the variables of its
 * kind ("Environment Variables" in restic's manual). Throws `UsageError` for what is missing.
 */
export async function accessFrom(
  address: string | undefined,
  { environment, workingDirectory }: Pick<Surroundings, 'environment' | 'workingDirectory'>,
): Promise<RepositoryAccess> {
  const url = address ?? environment['RESTIC_REPOSITORY'] ?? ''
  if (url === '') throw new UsageError('Say which repository: --repository URL, or RESTIC_REPOSITORY.')
  const password = await passwordFrom(environment)
  const local = localPathOf(url)
  if (local !== undefined) {
    return tidyAccess({ url: resolve(workingDirectory, local), username: '', serverPassword: '', password })
  }
  const inAddress = splitRepositoryUrl(url)
  const named = inAddress.username !== '' || inAddress.serverPassword !== ''
  return tidyAccess({ ...(named ? inAddress : { url, ...credentialsFrom(url, environment) }), password })
}

function credentialsFrom(url: string, environment: Environment): { username: string; serverPassword: string } {
  const [user = '', password = ''] = SERVER_CREDENTIALS[schemeOf(url)] ?? []
  return { username: environment[user] ?? '', serverPassword: environment[password] ?? '' }
}

/** Where restic keeps its own copies, so that ours and its are the same ("Caching" in restic's manual). */
export function cacheDirectoryFrom(environment: Environment): string {
  const { RESTIC_CACHE_DIR: own, XDG_CACHE_HOME: shared, LOCALAPPDATA: windows, HOME: home = homedir() } = environment
  if (own) return own
  if (platform() === 'win32') return join(windows ?? home, 'restic')
  if (platform() === 'darwin') return join(home, 'Library/Caches/restic')
  return join(shared || join(home, '.cache'), 'restic')
}

async function passwordFrom(environment: Environment): Promise<string> {
  const { RESTIC_PASSWORD_FILE: file, RESTIC_PASSWORD: password } = environment
  if (file) return passwordIn(file)
  if (password) return password
  throw new UsageError(
    "Give the repository's password in RESTIC_PASSWORD, or a file that holds it in RESTIC_PASSWORD_FILE.",
  )
}

async function passwordIn(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new UsageError(`The password file ${file} cannot be read: ${reason}.`, { cause })
  }
}
