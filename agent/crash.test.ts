import { randomBytes, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isEnded, type RunEvent } from '../contract/shapes/run.ts'
import { killWhen } from '../test/agent-to-kill.ts'
import { startRestServer } from '../test/rest-server.ts'
import { backUp, makeRepository, requireTool, restic } from '../test/restic.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { startThrottlingProxy } from '../test/throttling-proxy.ts'
import { agentWorld } from './testing/agent-world.ts'
import { restoreOf } from './testing/restore-request.ts'

const PASSWORD = 'correct horse'
const SMALL = 40

/** Forty small files in one pack, a big one in another: over a slow line the small ones are there long before it. */
async function slowRepository(directory: string) {
  const server = await startRestServer({ directory: join(directory, 'server') })
  const proxy = await startThrottlingProxy(server.port, 100_000_000)
  const url = `rest:http://127.0.0.1:${proxy.port}/crash/`
  const files = Object.fromEntries(Array.from({ length: SMALL }, (_, at) => [`small/${at}`, `file ${at}\n`]))
  const { repository, source } = await makeRepository({ directory, files, access: { url, password: PASSWORD } })
  writeFileSync(join(source, 'big.bin'), randomBytes(12 << 20))
  const { snapshotId } = await backUp(repository, source)
  return {
    order: { directory, restic: restic().path, url, password: PASSWORD, snapshotId },
    proxy,
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((processId) => {
      try {
        const command = readFileSync(`/proc/${processId}/cmdline`, 'latin1')
        // The new agent's own, which looks for locks that the old one left.
        if (command.includes('unlock')) return false
        return command.includes('restic') && readFileSync(`/proc/${processId}/environ`, 'latin1').includes(text)
      } catch {
        return false
      }
    })
}

requireTool('restic', 'rest-server')('an agent that is killed in the middle of a restore', () => {
  test.each([
    ['queued', (event: RunEvent) => event.type === 'state'],
    ['restoring', (event: RunEvent) => event.type === 'progress' && event.progress.filesDone >= SMALL],
  ])('while %s: finds the run interrupted, keeps its record, leaves no restic behind', async (_, isMoment) => {
    await using directory = temporaryDirectory()
    await using slow = await slowRepository(directory.path)
    slow.proxy.setRate(300_000)
    const seen = await killWhen(slow.order, isMoment)
    slow.proxy.setRate(100_000_000)

    await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    expect(processesWith(slow.order.url)).toEqual([])
    const [run] = await world.client.run.list({ limit: 9 })
    if (run === undefined) throw new Error('the run is lost')
    expect(run.state).toBe('interrupted')
    expect(run.remark).toContain('The agent stopped while this ran.')
    // What restic said it had restored nobody has looked at.
    expect(run.counts).toMatchObject({ restored: 0, updated: 0, deleted: 0, failed: 0 })

    const replayed: RunEvent[] = []
    for await (const event of await world.client.run.follow({ runId: run.id })) replayed.push(event)
    expect(replayed.slice(0, seen.length)).toEqual(seen)
    expect(replayed.map(({ sequence }) => sequence)).toEqual(replayed.map((__, at) => at + 1))
    expect(replayed.at(-1)).toMatchObject({ type: 'state', run: { state: 'interrupted' } })
    const ledger = await world.client.run.ledger({ runId: run.id, action: null, text: '', offset: 0, limit: 100 })
    expect(ledger.total).toBe(Object.values(run.counts).reduce((sum, items) => sum + items))
    expect(ledger.items.path).toHaveLength(ledger.total)

    const { entries, chainIntact } = await world.client.audit.list({ limit: 9 })
    expect(chainIntact).toBe(true)
    expect(entries[0]).toMatchObject({ action: 'host.restore', runId: run.id, outcome: 'interrupted' })

    const again = await world.client.restore.start({
      request: restoreOf(
        { repositoryId: run.repositoryId, snapshotId: slow.order.snapshotId },
        { include: ['/small'] },
      ),
      planHash: null,
      requestKey: randomUUID(),
    })
    await expect
      .poll(async () => (await world.client.run.get({ runId: again.id })).state, { timeout: 30_000 })
      .toSatisfy(isEnded)
    expect(await world.client.run.get({ runId: again.id })).toMatchObject({ state: 'succeeded' })
    await expect.poll(() => world.log.some((line) => line.includes('lock.swept')), { timeout: 20_000 }).toBe(true)
  })
})
