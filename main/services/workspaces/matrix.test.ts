import { isContractProcedure } from '@orpc/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { consoleContract } from '../../../contract/console/index.ts'
import { isFault } from '../../../contract/errors.ts'
import { type ProcedureMeta, roleSchema } from '../../../contract/procedure.ts'
import { sampleInputs } from '../../../test/sample-input.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { type TwoWorkspaces, twoWorkspaces } from '../../../test/two-workspaces.ts'
import { namedIn } from './belongings.ts'

/** What names no host and no control plane, and why that is no way into another workspace. A call that is new has to be put here, or name one. */
const WITHOUT_A_HOST: Readonly<Record<string, 'narrowed' | 'of the console itself'>> = {
  'system.info': 'narrowed',
  'system.openRunFolder': 'narrowed',
  'system.pickFolder': 'of the console itself',
  'system.speak': 'of the console itself',
  'system.identity': 'of the console itself',
  'system.diagnostics': 'of the console itself',
  'notices.watch': 'narrowed',
  'notices.seen': 'narrowed',
  'notices.say': 'narrowed',
  'notices.settings': 'of the console itself',
  'notices.change': 'of the console itself',
  'workspaces.list': 'of the console itself',
  'workspaces.watch': 'of the console itself',
  'workspaces.enter': 'of the console itself',
  'workspaces.create': 'of the console itself',
  'workspaces.change': 'of the console itself',
  'workspaces.remove': 'of the console itself',
  'secrets.status': 'of the console itself',
  'secrets.watch': 'of the console itself',
  'secrets.create': 'of the console itself',
  'secrets.unlock': 'of the console itself',
  'audit.verifyOwn': 'of the console itself',
  'audit.anchorOwn': 'of the console itself',
  'hosts.list': 'narrowed',
  'hosts.linkTimes': 'of the console itself',
  'hosts.changeLinkTimes': 'of the console itself',
  'runs.watch': 'narrowed',
  'runs.starters': 'narrowed',
  'hosts.watch': 'narrowed',
  'hosts.enrol': 'narrowed',
  'hosts.addThroughSsh': 'narrowed',
  'restores.defaults': 'narrowed',
  'restores.changeDefault': 'narrowed',
  'updates.watch': 'of the console itself',
  'updates.setFeed': 'of the console itself',
  'updates.look': 'of the console itself',
  'updates.fetch': 'of the console itself',
  'updates.install': 'of the console itself',
  'fanOuts.watch': 'narrowed',
  'fanOuts.follow': 'narrowed',
  'fanOuts.cancel': 'narrowed',
  'pastRestores.actors': 'narrowed',
  'pastRestores.watch': 'narrowed',
  'restorability.board': 'narrowed',
  'savedViews.list': 'narrowed',
  'savedViews.put': 'narrowed',
  'savedViews.remove': 'narrowed',
  'planes.watch': 'narrowed',
  'planes.probe': 'of the console itself',
  'planes.add': 'narrowed',
  'planes.setEmbedded': 'narrowed',
  'replicas.watch': 'narrowed',
  'replicas.refresh': 'narrowed',
  'consumers.watch': 'narrowed',
  'consumers.watchOwn': 'narrowed',
  'consumers.setOwn': 'narrowed',
  'consumers.verifyNow': 'narrowed',
}

type Call = (input: unknown, options: { readonly signal: AbortSignal }) => Promise<unknown>

interface One {
  readonly path: string
  readonly noun: string
  readonly verb: string
  readonly meta: ProcedureMeta
  /** With the ids that a test gives. */
  inputs(ids: Readonly<Record<string, unknown>>): unknown[]
}

const CALLS: readonly One[] = Object.entries(consoleContract).flatMap(([noun, procedures]) =>
  Object.entries(procedures).map(([verb, procedure]) => {
    if (!isContractProcedure(procedure)) throw new Error(`${noun}.${verb} is no procedure`)
    const { inputSchema, meta } = procedure['~orpc']
    return {
      path: `${noun}.${verb}`,
      noun,
      verb,
      meta: meta as ProcedureMeta,
      inputs: (ids) => (inputSchema === undefined ? [] : sampleInputs(inputSchema as z.ZodType, ids)),
    }
  }),
)
const IDS = { hostId: 'host', hostIds: ['host'], runId: 'run', repositoryId: 'repository' } as const
const nameAHost = (one: One): boolean =>
  one.inputs(IDS).some((input) => namedIn(input).some(({ what }) => what === 'host'))
const ON_A_HOST = CALLS.filter(nameAHost)
const A_PLANE = { planeId: '11111111-1111-4111-8111-111111111111' } as const
const nameAPlane = (one: One): boolean =>
  one.inputs(A_PLANE).some((input) => namedIn(input).some(({ what }) => what === 'plane'))
const ON_A_PLANE = CALLS.filter(nameAPlane)

let directory: ReturnType<typeof temporaryDirectory>
let world: TwoWorkspaces

beforeAll(async () => {
  directory = temporaryDirectory()
  world = await twoWorkspaces(directory.path)
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await directory[Symbol.asyncDispose]()
})

test('every call of the contract names a host or a control plane, or stands in the table with why it does not', () => {
  const others = CALLS.filter((one) => !nameAHost(one) && !nameAPlane(one)).map(({ path }) => path)
  expect(others.toSorted()).toEqual(Object.keys(WITHOUT_A_HOST).toSorted())
  expect(ON_A_HOST.length).toBeGreaterThan(25)
  expect(ON_A_PLANE.length).toBeGreaterThan(15)
})

/** What a call answers: the code and the need where it is forbidden, null for all else. A stream is begun. */
async function needOf(one: One, role: (typeof roleSchema.options)[number], ids: Readonly<Record<string, unknown>>) {
  const client = await world.clientIn(world.own.workspaceId, role)
  const calls = client as unknown as Record<string, Record<string, Call>>
  const needs: (string | null)[] = []
  for (const input of one.inputs(ids).filter((made) => namedIn(made).length > 0)) {
    const stop = AbortSignal.timeout(2000)
    const answer = await calls[one.noun]?.[one.verb]?.(input, { signal: stop }).then(firstOf, (error: unknown) => error)
    needs.push(isFault(answer, 'forbidden') ? answer.data.needs : null)
  }
  return needs
}

/** Streams refuse when they are read. */
async function firstOf(answer: unknown): Promise<unknown> {
  const stream = answer as Partial<AsyncIterator<unknown>> | null
  if (typeof stream?.next !== 'function') return answer
  try {
    const first = await stream.next()
    await stream.return?.()
    return first.value
  } catch (error) {
    return error
  }
}

const CASES = ON_A_HOST.flatMap((one) => roleSchema.options.map((role) => ({ ...one, role })))

// @security Roles and workspaces: Every call that names a host of another workspace is forbidden, whatever the role, and stands in the audit.
test.each(CASES)('$path as $role with the host of another workspace is forbidden, and in the audit', async (one) => {
  const { own, foreign } = world
  const before = await refusals()
  const needs = await needOf(one, one.role, { ...idsOf(own), ...hostOf(foreign) })
  expect(new Set(needs)).toEqual(new Set(['workspace']))
  const after = await refusals()
  const refused = { summary: `${one.path} (workspace)`, hostId: foreign.hostId, outcome: 'refused', origin: 'a test' }
  expect(after.length - before.length).toBe(needs.length)
  expect(after[0]).toMatchObject(refused)
})

test.each(CASES)(
  '$path as $role with what another workspace’s host has, on a host of one’s own, is forbidden',
  async (one) => {
    const { own, foreign } = world
    const named = one.inputs(IDS).flatMap((input) => namedIn(input).map(({ what }) => what))
    for (const [field, what] of [
      ['runId', 'run'],
      ['repositoryId', 'repository'],
    ] as const) {
      if (!named.includes(what)) continue
      const needs = await needOf(one, one.role, { ...idsOf(own), [field]: idsOf(foreign)[field] })
      expect(needs, field).toContain('workspace')
    }
  },
)

test.each(ON_A_PLANE.flatMap((one) => roleSchema.options.map((role) => ({ ...one, role }))))(
  '$path as $role on a control plane of another workspace is forbidden, and in the audit',
  async (one) => {
    const { own, foreign } = world
    const before = await refusals()
    const needs = await needOf(one, one.role, { planeId: foreign.planeId })
    expect(new Set(needs)).toEqual(new Set(['workspace']))
    const after = await refusals()
    expect(after.length - before.length).toBe(needs.length)
    expect(after[0]).toMatchObject({ summary: `${one.path} (workspace)`, hostId: '', outcome: 'refused' })
    for (const planeId of [own.planeId, A_PLANE.planeId]) {
      expect(await needOf(one, one.role, { planeId })).not.toContain('workspace')
    }
    expect(await refusals()).toEqual(after)
  },
)

test.each(ON_A_HOST)(
  '$path with what is one’s own, and with what is nowhere, is not a matter of workspaces',
  async (one) => {
    const before = await refusals()
    for (const ids of [{ ...IDS, ...hostOf(world.own) }, IDS]) {
      expect(await needOf(one, 'admin', ids)).not.toContain('workspace')
    }
    expect(await refusals()).toEqual(before)
  },
)

function idsOf({ hostId, repositoryId, run }: TwoWorkspaces['own']) {
  return { ...hostOf({ hostId }), repositoryId, runId: run.id }
}

function hostOf({ hostId }: Pick<TwoWorkspaces['own'], 'hostId'>) {
  return { hostId, hostIds: [hostId] }
}

async function refusals() {
  const entries = await world.own.client.audit.recent({ hostId: null, limit: 1000 })
  return entries.filter(({ action }) => action === 'call.refused')
}
