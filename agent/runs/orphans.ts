import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** Environment variables that mark the children of an agent, so that the next life of it knows them as its own. */
export const AGENT_MARK = 'RESTORE_AGENT'
export const RUN_MARK = 'RESTORE_RUN'

/** Milliseconds that a leftover has to end by itself, which lets restic remove its lock, and then to be gone. */
const GRACE = 5000
const LOOK_AGAIN = 50
/** A process may fork between being listed and being ended: one looks until none is left, but not for ever. */
const ROUNDS = 5

/** A process of ours that outlived the agent which started it. */
export interface Orphan {
  readonly processId: number
  /** The run it worked for; null for reads. */
  readonly runId: string | null
  readonly end: 'ended' | 'killed' | 'alive'
}

/**
 * End every process that carries the mark of this agent: SIGTERM, a grace (milliseconds), SIGKILL. Answers when they are gone, or says
 * which would not go. Reads `/proc`, so it finds nothing but on Linux.
 */
export async function endOrphans(agentId: string, grace = GRACE): Promise<Orphan[]> {
  const met: Orphan[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = (await marked(agentId)).filter(({ processId }) => !isAlive(met, processId))
    if (found.length === 0) break
    const ending = found.map(async (orphan) => ({ ...orphan, end: await endOrphan(orphan.processId, agentId, grace) }))
    met.push(...(await Promise.all(ending)))
  }
  return met
}

function isAlive(met: readonly Orphan[], processId: number): boolean {
  return met.some((orphan) => orphan.processId === processId && orphan.end === 'alive')
}

async function marked(agentId: string): Promise<Omit<Orphan, 'end'>[]> {
  if (process.platform !== 'linux') return []
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const all = await Promise.all(processes.map(async (processId) => ({ processId, marks: await marksOf(processId) })))
  return all
    .filter(({ processId, marks }) => marks.get(AGENT_MARK) === agentId && processId !== process.pid)
    .map(({ processId, marks }) => ({ processId, runId: marks.get(RUN_MARK) ?? null }))
}

/** The environment is read again before each signal: a number that was given to another process is not ours any more. */
async function endOrphan(processId: number, agentId: string, grace: number): Promise<Orphan['end']> {
  const isOurs = async (): Promise<boolean> => (await marksOf(processId)).get(AGENT_MARK) === agentId
  for (const [signal, end] of [
    ['SIGTERM', 'ended'],
    ['SIGKILL', 'killed'],
  ] as const) {
    if (await isOurs()) send(processId, signal)
    for (let waited = 0; waited < grace; waited += LOOK_AGAIN) {
      if (!(await isOurs())) return end
      await pause(LOOK_AGAIN)
    }
  }
  return 'alive'
}

function send(processId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(processId, signal)
  } catch {
    // It has gone meanwhile, which is what was wanted.
  }
}

/** Empty for a process that is gone, a zombie, or another user's. */
async function marksOf(processId: number): Promise<ReadonlyMap<string, string>> {
  try {
    const environment = await readFile(`/proc/${processId}/environ`, 'latin1')
    return new Map(
      environment.split('\0').flatMap((entry) => {
        const at = entry.indexOf('=')
        return at > 0 ? [[entry.slice(0, at), entry.slice(at + 1)] as const] : []
      }),
    )
  } catch {
    return new Map()
  }
}
