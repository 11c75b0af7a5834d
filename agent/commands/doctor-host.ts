import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runProgram } from '../../engine/process/program.ts'
import { RESTIC_WANTED } from '../../engine/restic/restic.ts'
import { ResticTool } from '../../engine/restic/restic-tool.ts'
import { defaultStagingRoot } from '../host/staging-root.ts'
import { readPrivateFile, requirePrivateDirectory } from '../../engine/sealed/private-file.ts'
import { readIdentity } from '../../engine/identity/identity.ts'
import { type Check, fail, ok, warn } from './doctor-finding.ts'

/** Bytes below which a restore will hardly fit. */
const LITTLE = 1 << 30
const GIBIBYTE = 1 << 30
/** Milliseconds that another program may take to answer. */
const PATIENCE = 5000

/** What can be looked at while the agent does not run. */
export const HOST_CHECKS: readonly (readonly [string, Check])[] = [
  ['restic', restic],
  ['data directory', dataDirectory],
  ['keys', keys],
  ['staging root', stagingRoot],
  ['clock', clock],
]

async function restic({ configuration }: Parameters<Check>[0]) {
  const { restic: found, found: tooOld } = await new ResticTool(configuration.resticCandidates).look()
  if (found !== null) return [ok(`${found.version} in ${found.path}`)]
  const says = tooOld === null ? 'none was found' : `${tooOld} is too old`
  const todo = `Install restic ${RESTIC_WANTED} or newer, or name where it is in "resticCandidates".`
  return [fail(`${says} (looked for ${configuration.resticCandidates.join(', ')})`, todo)]
}

async function dataDirectory({ configuration: { dataDirectory: path } }: Parameters<Check>[0]) {
  if (!existsSync(path)) return [warn(`${path} is not there yet`, 'It is made when the agent first starts.')]
  requirePrivateDirectory(path)
  accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  return [ok(`${path} is this user's alone`)]
}

async function keys({ configuration: { dataDirectory: path } }: Parameters<Check>[0]) {
  const identity = existsSync(path) ? readIdentity(path) : undefined
  if (identity === undefined) return [warn('the agent has no key yet', 'It is made when the agent first starts.')]
  const secretsKey = readPrivateFile(join(path, 'secrets.key'))
  const own = ok(`the agent's key is ${identity.pin}`)
  if (secretsKey !== undefined || !existsSync(join(path, 'secrets.bin'))) return [own]
  return [own, fail(`${join(path, 'secrets.key')} is gone`, 'Put it back from a backup: it alone opens secrets.bin.')]
}

async function stagingRoot({ configuration }: Parameters<Check>[0]) {
  const path = configuration.stagingRoot ?? defaultStagingRoot(configuration.dataDirectory)
  const there = nearest(path)
  accessSync(there, constants.W_OK | constants.X_OK)
  const { bavail, bsize } = await statfs(there)
  const free = bavail * bsize
  const says = `${path} has ${(free / GIBIBYTE).toFixed(1)} GiB free`
  if (free >= LITTLE) return [ok(says)]
  return [warn(says, 'Make room, or name another folder in "stagingRoot": little can be restored there.')]
}

/** Codes expire by the clock, and the audit is read by it. */
async function clock({ configuration, environment }: Parameters<Check>[0]) {
  const journal = join(configuration.dataDirectory, 'agent.db')
  const now = new Date()
  const says = `it is ${now.toISOString()}`
  if (existsSync(journal) && statSync(journal).mtimeMs > now.getTime() + 60_000) {
    return [fail(`${says}, and the agent has written later than that`, 'Set the clock, and see why it went back.')]
  }
  switch (await synchronised(environment['PATH'] ?? '')) {
    case 'yes':
      return [ok(`${says}, synchronised`)]
    case 'no':
      return [warn(`${says}, not synchronised`, 'Let it be: "timedatectl set-ntp true".')]
    default:
      return [ok(`${says}; whether it is synchronised cannot be told here`)]
  }
}

async function synchronised(path: string): Promise<string | undefined> {
  try {
    const { stdout, exitCode } = await runProgram({
      tool: 'timedatectl',
      file: '/usr/bin/timedatectl',
      args: ['show', '--property=NTPSynchronized', '--value'],
      env: { PATH: path },
      secrets: [],
      signal: AbortSignal.timeout(PATIENCE),
    })
    return exitCode === 0 ? stdout.trim() : undefined
  } catch {
    return undefined
  }
}

/** The folder itself, or the nearest above it that is there. */
function nearest(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : nearest(dirname(path))
}
