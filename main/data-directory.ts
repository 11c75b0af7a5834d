import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

interface Environment {
  readonly platform: NodeJS.Platform
  readonly variables: Readonly<Record<string, string | undefined>>
}

/** Where a console keeps its data unless told otherwise, as each platform has it. */
export function defaultDataDirectory({ platform, variables }: Environment): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Restore Console')
  if (platform === 'win32')
    return join(variables['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Restore Console')
  const xdg = variables['XDG_DATA_HOME']
  // The specification: a relative path in the variable is to be ignored.
  const base = xdg?.startsWith('/') === true ? xdg : join(homedir(), '.local', 'share')
  return join(base, 'restore-console')
}

/** Make the directory where it is missing, for its user alone. Throws when something else has that name. */
export function makeDataDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (!statSync(directory).isDirectory()) throw new Error(`${directory} is not a directory`)
}

/**
 * What identifies this data directory for good: made once, kept in a file of its own, so that it outlives a damaged
 * database. The key of this computer's agent is named after it.
 */
export function installationOf(directory: string): string {
  const file = join(directory, 'installation')
  const known = textOf(file)
  // A console that began on a full disk may have left it empty: nothing was named after it then.
  if (known !== '') return z.uuid().parse(known)
  const made = randomUUID()
  writeFileSync(`${file}.new`, `${made}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return made
}

/** Empty where there is no such file. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
