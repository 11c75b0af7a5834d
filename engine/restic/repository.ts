import type { RepositoryAccess } from '../../contract/shapes/repository.ts'
import type { Program, ProgramRequest } from '../process/program.ts'
import type { Restic } from './restic.ts'

/** A repository as restic is to open it. */
export interface ResticRepository {
  readonly restic: Restic
  readonly access: RepositoryAccess
  /** restic keeps copies of indexes and directory listings here. */
  readonly cacheDirectory: string
  /** Environment that tells whose child a process is, so that one left behind by a crash can be found. */
  readonly mark: Readonly<Record<string, string>>
  /** What is started in place of each restic: one that may write where this process may not. */
  readonly startAs?: (restic: Program) => Program & Pick<ProgramRequest, 'graceMilliseconds'>
}

/** What a child may know of our environment: where programs, home and scratch space are, the network's proxies and trust. */
const INHERITED = new RegExp(
  [
    /^(PATH|HOME|USER|LOGNAME|TMPDIR|LANG|LC_ALL|TZ|SSH_AUTH_SOCK|XDG_\w+)$/,
    /^(HTTP|HTTPS|ALL|NO)_PROXY$/,
    /^(http|https|all|no)_proxy$/,
    /^SSL_CERT_(FILE|DIR)$/,
    /^(SystemRoot|SYSTEMROOT|TEMP|TMP|USERPROFILE|APPDATA|LOCALAPPDATA)$/,
  ]
    .map((pattern) => pattern.source)
    .join('|'),
)

/** Which variables carry user and password of the server, by the repository's scheme. */
export const SERVER_CREDENTIALS: Readonly<Record<string, readonly [user: string, password: string]>> = {
  rest: ['RESTIC_REST_USERNAME', 'RESTIC_REST_PASSWORD'],
  s3: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  b2: ['B2_ACCOUNT_ID', 'B2_ACCOUNT_KEY'],
  azure: ['AZURE_ACCOUNT_NAME', 'AZURE_ACCOUNT_KEY'],
}

/**
 * The whole environment of a restic that is to open this repository. Of the inherited one only what a program needs to
 * live passes: an inherited RESTIC_PASSWORD_COMMAND would beat our password, RESTIC_HOST would hide snapshots.
 */
export function resticEnvironment(
  repository: ResticRepository,
  inherited: Readonly<NodeJS.ProcessEnv> = process.env,
): Record<string, string> {
  const { access } = repository
  const { region, sessionToken } = s3Settings(access, inherited)
  const [user, password] = SERVER_CREDENTIALS[schemeOf(access.url)] ?? []
  return {
    ...inheritable(inherited),
    ...repository.mark,
    RESTIC_REPOSITORY: access.url,
    RESTIC_CACHE_DIR: repository.cacheDirectory,
    RESTIC_PROGRESS_FPS: '4',
    ...(access.password === '' ? {} : { RESTIC_PASSWORD: access.password }),
    ...(user === undefined || access.username === '' ? {} : { [user]: access.username }),
    ...(password === undefined || access.serverPassword === '' ? {} : { [password]: access.serverPassword }),
    ...(region === undefined ? {} : { AWS_DEFAULT_REGION: region }),
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
  }
}

export interface S3Settings {
  readonly region: string | undefined
  readonly sessionToken: string | undefined
}

/**
 * What an S3 store wants to know besides a key, from the environment as restic takes it: a region, and the token that
 * belongs to a key which is lent for hours. Another key's token would make the store refuse ours.
 */
export function s3Settings(access: RepositoryAccess, inherited: Readonly<NodeJS.ProcessEnv> = process.env): S3Settings {
  if (schemeOf(access.url) !== 's3') return { region: undefined, sessionToken: undefined }
  const isTheirs = access.username !== '' && inherited['AWS_ACCESS_KEY_ID'] === access.username
  return {
    region: inherited['AWS_DEFAULT_REGION'] || undefined,
    sessionToken: (isTheirs && inherited['AWS_SESSION_TOKEN']) || undefined,
  }
}

/** What must stand in no text that comes from a restic with this repository. */
export function secretsOf(repository: ResticRepository): string[] {
  const { access } = repository
  return [access.password, access.serverPassword, s3Settings(access).sessionToken ?? ''].filter(
    (secret) => secret !== '',
  )
}

/** The word before the colon of a repository's address, `local` where there is none. */
export function schemeOf(url: string): string {
  return /^([a-z][a-z0-9]+):/.exec(url)?.[1] ?? 'local'
}

/** The folder of a local repository; undefined when it is not local. */
export function localPathOf(url: string): string | undefined {
  return schemeOf(url) === 'local' ? url.replace(/^local:/, '') : undefined
}

/** Where a repository is, for an error: the server's name, or the folder. Never a credential. */
export function placeOf(url: string): string {
  const local = localPathOf(url)
  if (local !== undefined) return local
  const rest = url
    .slice(url.indexOf(':') + 1)
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^\/\//, '')
  const authority = rest.split('/')[0] ?? ''
  return authority.slice(authority.lastIndexOf('@') + 1) || url
}

function inheritable(inherited: Readonly<NodeJS.ProcessEnv>): Record<string, string> {
  const passing = Object.entries(inherited).filter(([name]) => INHERITED.test(name))
  return Object.fromEntries(passing.map(([name, value]) => [name, value ?? '']))
}
