import { randomUUID } from 'node:crypto'
import { planeWorld, type PlaneWorld } from '../../control-plane/testing/plane-world.ts'

const MACHINES = 1000
const GROUPS = 20
const DECLARED_FOR_EACH = 20
const CONSUMERS = 50

const intents = [
  { intent: 'verify', semantics: ['check', 'once'], params: { grace: { type: 'duration', default: 900 } } },
  {
    intent: 'analytics',
    semantics: ['check', 'url', 'redact'],
    params: {
      memory: { type: 'bytes', default: 4 * 1024 ** 3 },
      minimum_ttl: { type: 'duration', default: 7200 },
      public: { type: 'boolean' },
      redaction_manifest_url: { type: 'text' },
      schema: { type: 'text', default: 'public' },
    },
  },
] as const

/** `whole`: a declaration covers all machines of a group; `single`: each covers one machine. */
type Scope = 'whole' | 'single'

/** A control plane with a fleet, until it is killed: where it is, and one replica of each consumer, stand in the line that it writes. */
const [directory = '', scope = 'whole', reported = '0'] = process.argv.slice(2)
const world = await planeWorld({ directory })
const consumers = Array.from({ length: CONSUMERS }, (_, at) => world.addDevice('backup-restore', `consumer ${at}`))
const groups = Array.from({ length: GROUPS }, (_, at) => makeGroup(world, at))
for (const id of consumers) world.store.capabilities.replace(id, intents.map(copied), world.now().toISOString())
world.store.transaction(() => {
  declareAll(scope === 'single' ? 'single' : 'whole')
})
report(Number(reported))
process.stdout.write(`${JSON.stringify({ url: world.url, consumers: consumers.map(described) })}\n`)

function copied({ intent, semantics, params }: (typeof intents)[number]) {
  return { intent, semantics: [...semantics], params: { ...params } }
}

function makeGroup({ store, addGroup, addMachine, backUp }: PlaneWorld, at: number) {
  return store.transaction(() => {
    const id = addGroup({ name: `group ${at}` })
    const machines = Array.from({ length: MACHINES / GROUPS }, (_, count) => addMachine(id, `machine ${at} ${count}`))
    for (const machine of machines) backUp(machine, 'postgres', `${randomUUID()}${randomUUID()}`.replaceAll('-', ''))
    return { id, machines }
  })
}

function declareAll(wanted: Scope): void {
  for (const { id, machines } of groups) {
    for (let at = 0; at < DECLARED_FOR_EACH; at += 1) {
      for (const machineId of wanted === 'whole' ? [null] : machines) {
        declareOne(id, machineId, at)
      }
    }
  }
}

function declareOne(groupId: string, machineId: string | null, at: number): void {
  const turn = groups.findIndex(({ id }) => id === groupId) * DECLARED_FOR_EACH + at
  const made = world.now().toISOString()
  const { intent } = intents[at % intents.length] ?? intents[0]
  world.store.declarations.insert({
    id: randomUUID(),
    consumerId: consumers[turn % CONSUMERS] ?? '',
    groupId,
    machineId,
    type: 'postgres',
    intent,
    name: `group-${turn}-${intent}-${machineId ?? 'all'}`,
    overdueAfter: 86_400,
    params: intent === 'verify' ? { grace: 600 } : { memory: 8 * 1024 ** 3, schema: null },
    redacts: false,
    publishesSchemas: false,
    migratesOnRequest: false,
    enabled: true,
    createdBy: 'ada',
    createdAt: made,
    updatedBy: 'ada',
    updatedAt: made,
  })
}

/** Healthy reports of snapshots before the latest: nothing is settled by them. */
function report(count: number): void {
  let left = count
  for (const declaration of world.store.declarations.list()) {
    const machines = groups.find(({ id }) => id === declaration.groupId)?.machines ?? []
    for (const machineId of declaration.machineId === null ? machines : [declaration.machineId]) {
      if (left === 0) return
      left -= 1
      recordOne(declaration, machineId)
    }
  }
}

function recordOne(declaration: ReturnType<typeof world.store.declarations.list>[number], machineId: string): void {
  const at = world.now().toISOString()
  const { id, name, consumerId, groupId, type, intent } = declaration
  const none = {
    s3SentRawBytes: null,
    s3SentPayloadBytes: null,
    s3ReceivedRawBytes: null,
    s3ReceivedPayloadBytes: null,
  }
  const parts = { healthDetails: null, migration: null, redaction: null, reportingSchema: null }
  world.store.reports.record({
    id: randomUUID(),
    deviceId: consumerId,
    replicaId: id,
    replicaName: name,
    groupId,
    machineId,
    type,
    intent,
    outcome: 'success',
    replicaHealthy: true,
    observedAt: at,
    reportedAt: at,
    snapshotId: 'before',
    error: null,
    runId: null,
    startedAt: null,
    body: { postgresVersion: '16.2', ...none, ...parts },
  })
}

function described(id: string) {
  const [one] = world.store.declarations.ofConsumer(id)
  const machine = one?.machineId ?? groups.find((group) => group.id === one?.groupId)?.machines[0]
  return { id, replica: one?.id ?? '', group: one?.groupId ?? '', intent: one?.intent ?? '', machine: machine ?? '' }
}
