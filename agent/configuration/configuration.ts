import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { agentAddressSchema } from '../../contract/shapes/enrolment.ts'
import { isPrivileged } from '../host/identity.ts'
import { type ListenAddress, readAddress } from '../../engine/identity/listen-address.ts'
import { usualRestics } from '../../engine/command-line/product.ts'

/** Where the configuration is looked for when none is named. */
const CONFIGURATION_FILE = '/etc/restore-agent/config.json'

/** What an administrator settles about an agent. */
export interface Configuration {
  /** Where it listens for consoles; null for nowhere. */
  readonly listen: ListenAddress | null
  /** `host:port` at which consoles reach it, where that is another address. */
  readonly advertise: string | null
  readonly dataDirectory: string
  /** Where restores go by default; null for the usual place. */
  readonly stagingRoot: string | null
  /** Where to look for restic: full paths, or the bare name for what is on the PATH. */
  readonly resticCandidates: readonly string[]
}

/** It cannot be read or says what is not known. The message is one sentence for a terminal. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
}

const directory = z.string().refine(isAbsolute, 'a full path is needed, beginning with "/"')
const listen = z.string().transform((text, context) => {
  const address = readAddress(text)
  if (address !== undefined) return address
  context.addIssue('an address to listen on looks like 0.0.0.0:7420')
  return z.NEVER
})

const settingsSchema = z
  .strictObject({
    listen: listen.nullable(),
    advertise: agentAddressSchema.nullable(),
    dataDirectory: directory,
    stagingRoot: directory.nullable(),
    resticCandidates: z.array(z.string().min(1)).min(1, 'name at least one place'),
  })
  .partial()
type Settings = z.infer<typeof settingsSchema>

/** What was given on the command line, under the names of the file; it goes before the file. */
export interface Flags {
  readonly config: string | undefined
  readonly workingDirectory: string
  readonly settings: Readonly<Record<string, unknown>>
}

/**
 * The agent's configuration: flags before the file, the file before the defaults. A file that was not named need not be
 * there. Throws `ConfigurationError`.
 */
export function readConfiguration({ config, workingDirectory, settings }: Flags): Configuration {
  const path = config === undefined ? CONFIGURATION_FILE : resolve(workingDirectory, config)
  const file = config === undefined && !existsSync(path) ? {} : readSettings(path)
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
  // None of the settings is there and undefined, which is all that their type leaves open.
  return { ...defaults(), ...file, ...parseSettings(given, 'the command line') } as Configuration
}

/** The data of an agent that this user runs: the system's own for root, below the home folder for anybody else. */
export function ownDataDirectory(): string {
  if (isPrivileged()) return '/var/lib/restore-agent'
  return join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local/share'), 'restore-agent')
}

function defaults(): Configuration {
  return {
    listen: { host: '0.0.0.0', port: 7420 },
    advertise: null,
    dataDirectory: ownDataDirectory(),
    stagingRoot: null,
    resticCandidates: usualRestics(),
  }
}

function readSettings(path: string): Settings {
  try {
    return parseSettings(JSON.parse(readFileSync(path, 'utf8')), path)
  } catch (error) {
    if (error instanceof ConfigurationError) throw error
    const reason = error instanceof SyntaxError ? `it is no JSON: ${error.message}` : reasonOf(error)
    throw new ConfigurationError(`The configuration ${path} cannot be read: ${reason}.`, { cause: error })
  }
}

function parseSettings(value: unknown, source: string): Settings {
  const settings = settingsSchema.safeParse(value)
  if (settings.success) return settings.data
  const known = Object.keys(settingsSchema.shape).join(', ')
  const complaints = settings.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${issue.keys.map((key) => `"${key}"`).join(', ')} is not known (known are ${known})`
      : `${issue.path.join('.') || 'it'}: ${issue.message}`,
  )
  throw new ConfigurationError(`In ${source}: ${complaints.join('; ')}.`)
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
