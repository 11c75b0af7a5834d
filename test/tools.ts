import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe } from 'vitest'

const PROJECT_TOOLS = join(import.meta.dirname, '..', '.tools', 'bin')

const BINARIES = {
  restic: ['restic'],
  'rest-server': ['restic-rest-server', 'rest-server'],
  's3-gateway': ['s3-gateway'],
  's3-gateway-admin': ['s3-gateway-admin'],
  sshd: ['sshd'],
} as const

/** From Debian's testing suite, which may lack them, or hold others, on any day: no reason to let nothing else land. */
const MOVING: readonly string[] = ['s3-gateway', 's3-gateway-admin']

export type Tool = keyof typeof BINARIES

/** Where a tool is, the project's own first, then PATH, then where only root looks; undefined when it is nowhere. */
export function findTool(tool: Tool): string | undefined {
  const folders = [PROJECT_TOOLS, ...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
  return folders.flatMap((folder) => BINARIES[tool].map((name) => join(folder, name))).find(isExecutable)
}

/**
 * `describe` for suites that need real tools: `requireTool('restic')('listing snapshots', () => …)`. Without them the
 * suite is skipped, its name says why, and the gate lists it as not run; in CI, where nobody reads that, it fails, but for
 * what comes from a suite of Debian that moves.
 */
export function requireTool(...tools: readonly Tool[]): (name: string, suite: () => void) => void {
  const missing = tools.filter((tool) => findTool(tool) === undefined)
  if (missing.length === 0) return (name, suite) => void describe(name, suite)
  if (process.env['CI'] && !missing.every((tool) => MOVING.includes(tool)))
    throw new Error(`${missing.join(' and ')} not found: run the set-up`)
  return (name, suite) => void describe.skip(`${name} (skipped: ${missing.join(' and ')} not found)`, suite)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
