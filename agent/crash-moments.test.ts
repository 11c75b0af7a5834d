import { randomUUID } from 'node:crypto'
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { RestoreRequest } from '../contract/shapes/restore.ts'
import { isEnded, type Run } from '../contract/shapes/run.ts'
import { killAfter } from '../test/agent-to-kill.ts'
import { hostState } from '../test/host-state.ts'
import { doings, type InPlaceWorld, inPlaceWorld } from '../test/in-place-world.ts'
import { noise } from '../test/noise.ts'
import { requireTool, restic } from '../test/restic.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import type { ProcessOrder } from './testing/agent-process.ts'
import { type AgentWorld, agentWorld } from './testing/agent-world.ts'
import { restoreOf } from './testing/restore-request.ts'

/** Moments at which each of the four is killed; many of them take their time. */
const MOMENTS = Number(process.env['RESTORE_CONSOLE_CRASHES'] ?? 2)
const SMALL = 200
const LARGE = 6
const TIMEOUT = 120_000 + MOMENTS * 60_000
const OLD = Array.from({ length: LARGE }, (_, at) => noise(at, 8 << 20))
const NEW = Array.from({ length: LARGE }, (_, at) => noise(at + 100, 9 << 20))
const IS_ROOT = process.geteuid?.() === 0

/** Small files in folders, large ones beside them: restic writes many at once, and none whole in one moment. */
function fill(host: string): void {
  for (let at = 0; at < SMALL; at += 1) {
    mkdirSync(join(host, `folder-${at % 10}`), { recursive: true })
    writeFileSync(join(host, `folder-${at % 10}/${at}`), `file ${at} of old\n`)
  }
  for (let at = 0; at < LARGE; at += 1) writeFileSync(join(host, `large-${at}`), OLD[at] ?? '')
}

/** Some are changed, some gone, some new: each action of a plan is there. */
function change(host: string): void {
  for (let at = 0; at < SMALL; at += 3)
    writeFileSync(join(host, `folder-${at % 10}/${at}`), `changed ${at}, and longer\n`)
  rmSync(join(host, 'folder-7'), { recursive: true })
  for (let at = 0; at < LARGE; at += 2) writeFileSync(join(host, `large-${at}`), NEW[at] ?? '')
  rmSync(join(host, 'large-1'))
  mkdirSync(join(host, 'new'))
  writeFileSync(join(host, 'new/file'), 'came since\n')
  chmodSync(join(host, 'folder-1/1'), 0o640)
  if (IS_ROOT) chownSync(join(host, 'folder-1/1'), 12, 34)
}

/** The same numbers in every life of the test. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

interface Tree {
  readonly world: AgentWorld
  /** What the snapshot has of a path; undefined where it has nothing. */
  readonly wanted: (path: string) => Buffer | undefined
  /** Where an item of the plan comes to be. */
  readonly placeOf: (path: string) => string
}

type KnownRun = Pick<Run, 'id' | 'state' | 'counts'>

/** Whatever the ledger calls done is done: files have the snapshot's content, what is deleted is gone. */
async function requireTrue({ world, wanted, placeOf }: Tree, run: KnownRun): Promise<void> {
  const all = { runId: run.id, action: null, text: '', offset: 0, limit: 5000 }
  const { total, items } = await world.client.run.ledger(all)
  expect(total).toBe(Object.values(run.counts).reduce((sum, count) => sum + count))
  for (const [at, path] of items.path.entries()) {
    const action = items.action[at]
    const place = placeOf(path)
    if (action === 'deleted') expect(existsSync(place), place).toBe(false)
    if (action !== 'restored' && action !== 'updated' && action !== 'unchanged') continue
    const content = wanted(path)
    if (content === undefined) expect(lstatSync(place).isDirectory(), place).toBe(true)
    else expect(readFileSync(place).equals(content), `${action} ${place}`).toBe(true)
  }
  if (run.state === 'succeeded')
    expect(items.action.filter((action) => action === 'skipped' || action === 'failed')).toEqual([])
}

/** restic's processes of a run, but for those of the agent itself. */
async function resticsOf(runId: string): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const environment = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '')
    if (environment.includes(`RESTORE_RUN=${runId}`)) found.push(Number(name))
  }
  return found
}

async function killResticAfter(world: AgentWorld, run: Run, milliseconds: number): Promise<void> {
  await pause(milliseconds)
  for (let tries = 0; tries < 500; tries += 1) {
    if (isEnded((await world.client.run.get({ runId: run.id })).state)) return
    const [one] = await resticsOf(run.id)
    if (one !== undefined) {
      try {
        process.kill(one, 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
      return
    }
    await pause(5)
  }
}

interface PlaceWorld extends InPlaceWorld {
  readonly old: ReadonlyMap<string, Buffer>
  readonly order: ProcessOrder
  readonly reset: () => void
}

async function placeWorld(directory: string): Promise<PlaceWorld> {
  const world = await inPlaceWorld(directory, fill)
  const { host, repository, snapshotId } = world
  const old = new Map(filesBelow(host).map((path) => [path, readFileSync(path)]))
  const { url, password } = repository.access
  const changes = { include: [host], target: { kind: 'in-place' as const }, deleteExtra: true }
  return {
    ...world,
    old,
    order: { directory, restic: restic().path, url, password, snapshotId, changes },
    reset() {
      rmSync(host, { recursive: true })
      fill(host)
      change(host)
    },
  }
}

function filesBelow(folder: string): string[] {
  return hostState(folder)
    .slice(1)
    .flatMap((line) => (/ 100[0-7]{3} /.test(line) ? [join(folder, line.slice(2, line.search(/ 100[0-7]{3} /)))] : []))
}

/** From wherever a killed run has left the host: go on with it, then back; or back at once. */
async function recoverInPlace(
  tree: Tree & { readonly host: string },
  run: KnownRun,
  goesOn: boolean,
  before: readonly string[],
): Promise<void> {
  const { client } = tree.world
  const { restoreInPlace } = doings(tree.world)
  if (goesOn && run.state !== 'succeeded') {
    const resumed = await restoreInPlace({ kind: 'resume', runId: run.id })
    expect(resumed.state, JSON.stringify([resumed.remark, resumed.fault, resumed.counts])).toBe('succeeded')
    await requireTrue(tree, resumed)
    for (const path of filesBelow(tree.host)) expect(tree.wanted(path)?.equals(readFileSync(path)), path).toBe(true)
    await revert(resumed)
  }
  await revert(run)
  expect(hostState(tree.host)).toEqual(before)

  async function revert({ id: runId }: KnownRun): Promise<void> {
    const request: RestoreRequest = { kind: 'revert', runId }
    try {
      await client.restore.plan({ request })
    } catch (error) {
      // It had not come to write anything, or all was as it was to be.
      expect(error).toMatchObject({ data: { what: 'no_way_back' } })
      return
    }
    const back = await restoreInPlace(request)
    expect(back.state, JSON.stringify([back.remark, back.fault, back.counts])).toBe('succeeded')
  }
}

requireTool('restic')('whatever moment it is killed at, a restore', () => {
  test(
    `in place of which the agent is killed says nothing that is not so, goes on, and goes back (${MOMENTS} moments)`,
    async () => {
      await using directory = temporaryDirectory()
      const place = await placeWorld(directory.path)
      await place.agent[Symbol.asyncDispose]()
      const random = randomOf(7)
      let longest = 3000
      for (let moment = 0; moment < MOMENTS; moment += 1) {
        place.reset()
        const before = hostState(place.host)
        const lived = await killAfter(place.order, random() * longest)
        longest = Math.max(1000, Math.min(longest, lived * 1.2 + 500))
        await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
        const [run] = await world.client.run.list({ limit: 1 })
        if (run === undefined) throw new Error('the run is lost')
        expect(isEnded(run.state)).toBe(true)
        const tree = {
          world,
          host: place.host,
          wanted: (path: string) => place.old.get(path),
          placeOf: (path: string) => path,
        }
        await requireTrue(tree, run)
        await recoverInPlace(tree, run, moment % 2 === 0, before)
      }
    },
    TIMEOUT,
  )

  test(
    `in place of which restic is killed says nothing that is not so, goes on, and goes back (${MOMENTS} moments)`,
    async () => {
      await using directory = temporaryDirectory()
      await using world = await placeWorld(directory.path)
      const random = randomOf(11)
      const tree = {
        world,
        host: world.host,
        wanted: (path: string) => world.old.get(path),
        placeOf: (path: string) => path,
      }
      for (let moment = 0; moment < MOMENTS; moment += 1) {
        world.reset()
        const before = hostState(world.host)
        const request = world.request({ deleteExtra: true })
        const started = await world.startInPlace(await world.client.restore.plan({ request }), request)
        await killResticAfter(world, started, random() * 4000)
        const run = await world.ended(started.id)
        expect(isEnded(run.state)).toBe(true)
        await requireTrue(tree, run)
        await recoverInPlace(tree, run, moment % 2 === 0, before)
      }
    },
    TIMEOUT,
  )

  test(
    `to a staging folder of which the agent or restic is killed says nothing that is not so, and goes on (${MOMENTS} moments each)`,
    async () => {
      await using directory = temporaryDirectory()
      const place = await placeWorld(directory.path)
      await place.agent[Symbol.asyncDispose]()
      const order = { ...place.order, changes: { include: [place.host] } }
      const random = randomOf(13)
      for (let moment = 0; moment < 2 * MOMENTS; moment += 1) {
        const isAgent = moment % 2 === 0
        if (isAgent) await killAfter(order, random() * 3000)
        await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
        if (!isAgent) {
          const [{ id: repositoryId } = { id: '' }] = await world.client.repository.list()
          const request = restoreOf({ repositoryId, snapshotId: place.snapshotId }, { include: [place.host] })
          const started = await world.client.restore.start({ request, planHash: null, requestKey: randomUUID() })
          await killResticAfter(world, started, random() * 2000)
          await doings(world).ended(started.id)
        }
        const [run] = await world.client.run.list({ limit: 1 })
        if (run?.subject.kind !== 'restore') throw new Error('the run is lost')
        const { targetPath } = run.subject
        const tree = {
          world,
          wanted: (path: string) => place.old.get(path),
          placeOf: (path: string) => join(targetPath, path),
        }
        await requireTrue(tree, run)
        if (run.state === 'succeeded') continue
        const request: RestoreRequest = { kind: 'resume', runId: run.id }
        const { hash: planHash } = await world.client.restore.plan({ request })
        const again = await world.client.restore.start({ request, planHash, requestKey: randomUUID() })
        const resumed = await doings(world).ended(again.id)
        expect(resumed).toMatchObject({ state: 'succeeded', subject: { targetPath, follows: request } })
        await requireTrue(tree, resumed)
        for (const [path, content] of place.old)
          expect(readFileSync(join(targetPath, path)).equals(content), path).toBe(true)
      }
    },
    TIMEOUT,
  )
})
