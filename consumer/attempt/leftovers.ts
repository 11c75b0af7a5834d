import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { MARK } from '../places.ts'

const PATIENCE = 10_000

/**
 * End every program that an attempt of these left behind: they are found by the mark in their environment, which children inherit. Waits
 * until they are gone.
 */
export async function endLeftovers(runIds: ReadonlySet<string>): Promise<number> {
  const ended = new Set<number>()
  for (let waited = 0; waited < PATIENCE; waited += 50) {
    const left = await leftovers(runIds)
    if (left.length === 0) return ended.size
    for (const pid of left) {
      ended.add(pid)
      kill(pid)
    }
    await pause(50)
  }
  throw new Error(`these programs of an earlier attempt do not end: ${(await leftovers(runIds)).join(', ')}`)
}

async function leftovers(runIds: ReadonlySet<string>): Promise<number[]> {
  const names = await readdir('/proc').catch(() => [])
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const environment = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '')
        const run = environment.split('\0').find((one) => one.startsWith(`${MARK}=`))
        return run !== undefined && runIds.has(run.slice(MARK.length + 1)) ? [Number(name)] : []
      }),
  )
  return found.flat()
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}
