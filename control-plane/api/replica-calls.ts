import type { z } from 'zod'
import { PlaneProblem } from '../../contract/control-plane/problem.ts'
import type { CreateReplica } from '../../contract/control-plane/replica.ts'
import type { accessSchema, Issuance, previewSchema } from '../../contract/control-plane/standing.ts'
import { type Access, grantsOf } from '../replicas/access.ts'
import { expand, worklistOf } from '../replicas/expand.ts'
import type { Declaration, Device, IssuanceRecord } from '../store/index.ts'
import { activityPage } from './activity.ts'
import { declare, existing, readSaid, redeclare, undeclare } from './declare.ts'
import type { PlaneDeps } from './deps.ts'
import type { FleetReader } from './fleet-reader.ts'
import { type GatedOperator, isConsumer } from './gate.ts'
import { type Both, viewed, viewOf } from './replica-views.ts'
import { consumerView } from './views.ts'

/** Rows of a group's activity that Canopy gives. */
const CHECKS = 50

/** Declarations, and what comes of them; but for the lists of a whole fleet, which `fleet-texts.ts` makes. */
export function replicaCalls(os: GatedOperator, deps: PlaneDeps, fleet: FleetReader) {
  const { store, repositories } = deps
  const both = { ...deps, ...fleet }
  const calls = os.replicas
  const one = (declaration: Declaration) => viewOf(both, declaration, store.devices.get(declaration.consumerId))
  /** Whoever declares it waits for what is newest now. */
  const begun = (declaration: Declaration) => {
    if (declaration.enabled) repositories.look(declaration.groupId)
    return one(declaration)
  }
  return {
    forGroup: calls.forGroup.handler(({ input }) => viewed(both, store.declarations.ofGroup(input.server_group_id))),
    consumers: calls.consumers.handler(() =>
      store.devices
        .list()
        .filter((device) => device.role === 'backup-restore' || (isConsumer(device) && device.registeredAt !== null))
        .map((device) => consumerView(device, fleet.intentsOf(device).values())),
    ),
    checks: calls.checks.handler(({ input }) => {
      const filter = { replicaId: null, machineId: null, groupId: input.server_group_id, deviceId: null }
      return activityPage(deps, filter, { before: null, limit: CHECKS }).items
    }),
    create: calls.create.handler(({ input, context }) => begun(declare(both, input, context.login))),
    update: calls.update.handler(({ input, context }) => begun(redeclare(both, input, context.login))),
    delete: calls.delete.handler(({ input, context }) => {
      undeclare(both, input.id, context.login)
      return null
    }),
    preview: calls.preview.handler(({ input }) => preview(both, input)),
    revokes: calls.revokes.handler(({ input }) => {
      const declaration = existing(store, input.id)
      return grantsOf(declaration, fleet.declarationsOf(declaration.consumerId)).map((one) => named(both, one))
    }),
    worklist: calls.worklist.handler(({ input }) => {
      const device = store.devices.get(input.device_id)
      if (device === undefined) throw new PlaneProblem('resource-not-found', `There is no device ${input.device_id}.`)
      return worklistOf(fleet.declarationsOf(device.id), fleet.consumer(device))
    }),
    activity: calls.activity.handler(({ input }) => {
      const { replica_id, machine_id, group_id, device_id, before, limit } = input
      const filter = {
        replicaId: replica_id ?? null,
        machineId: machine_id ?? null,
        groupId: group_id ?? null,
        deviceId: device_id ?? null,
      }
      return activityPage(deps, filter, { before: before ?? null, limit })
    }),
    issuances: calls.issuances.handler(({ input }) => issuancePage(deps, input)),
  }
}

type Preview = z.infer<typeof previewSchema>

/** What a declaration would come to. Throws `PlaneProblem` as making it does, but for a name that is taken. */
function preview(both: Both, sent: CreateReplica & { id?: string | null | undefined; enabled: boolean }): Preview {
  const { store } = both
  const before = sent.id === null || sent.id === undefined ? undefined : existing(store, sent.id)
  const said = readSaid(both, sent, before)
  const made = { createdBy: null, createdAt: both.now().toISOString(), updatedBy: null, updatedAt: '' }
  const declaration: Declaration = { id: before?.id ?? both.newId(), ...made, ...said, enabled: sent.enabled }
  const device: Device | undefined = store.devices.get(said.consumerId)
  const outcomes = device === undefined ? [] : expand(declaration, both.consumer(device))
  const nameOf = (id: string) => store.machines.get(id)?.name ?? id
  const taken = store.declarations.named(said.consumerId, said.name)
  const grants = grantsOf(declaration, [
    ...both.declarationsOf(said.consumerId).filter(({ id }) => id !== declaration.id),
    // What it gives already is nothing that its change would give.
    ...(before === undefined ? [] : [{ ...before, id: '' }]),
  ])
  return {
    entries: outcomes.flatMap(({ entry }) =>
      entry === null ? [] : [{ ...entry, machine_name: nameOf(entry.machine_id) }],
    ),
    withheld: outcomes.flatMap(({ machineId, withheld }) =>
      withheld === null ? [] : [{ machine_id: machineId, machine_name: nameOf(machineId), why: withheld }],
    ),
    grants: grants.map((one) => named(both, one)),
    name_taken_by: taken === undefined || taken.id === before?.id ? null : taken.id,
  }
}

function named({ store }: Both, { groupId, type }: Access): z.infer<typeof accessSchema> {
  return { group_id: groupId, group_name: store.groups.get(groupId)?.name ?? groupId, type }
}

interface IssuanceQuery {
  readonly before?: string | null | undefined
  readonly limit: number
  readonly device_id?: string | null | undefined
  readonly group_id?: string | null | undefined
}

function issuancePage({ store }: PlaneDeps, { before, limit, ...query }: IssuanceQuery) {
  const start = before === null || before === undefined ? Number.MAX_SAFE_INTEGER : Number(before)
  if (!Number.isSafeInteger(start)) throw new PlaneProblem('bad-request', `${before} is no page of this list.`)
  const filter = { deviceId: query.device_id, groupId: query.group_id }
  const records = store.issuances.page(filter, { before: start, limit })
  const devices = new Map(store.devices.list().map(({ id, name }) => [id, name]))
  const items = records.map((record) => issuanceView(record, devices.get(record.deviceId) ?? null))
  return { items, next: records.length === limit ? String(records.at(-1)?.sequence) : null }
}

function issuanceView(record: IssuanceRecord, deviceName: string | null): Issuance {
  return {
    id: record.id,
    device_id: record.deviceId,
    device_name: deviceName,
    group_id: record.groupId,
    type: record.type,
    run_id: record.runId,
    issued_at: record.issuedAt,
    expires_at: record.expiresAt,
    storage: record.storage,
    access_key_id: record.accessKeyId,
    bucket: record.bucket,
    prefix: record.prefix,
    assumed_role: record.assumedRole,
    sts_request_id: record.stsRequestId,
    revoked_at: record.revokedAt,
  }
}
