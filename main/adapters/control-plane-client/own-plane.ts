import { z } from 'zod'
import { deviceCodeSchema, groupViewSchema } from '../../../contract/control-plane/fleet.ts'
import { accessSchema, issuancePageSchema, previewSchema } from '../../../contract/control-plane/standing.ts'
import { worklistEntrySchema } from '../../../contract/control-plane/worklist.ts'
import { Fault, isFault } from '../../../contract/errors.ts'
import { neverAborted } from '../../services/signals.ts'
import { ownBoard, type ReadBoard } from './board.ts'
import type { Caller } from './caller.ts'
import { namingOf, writeDeclaration } from './declaration.ts'
import { type Fleet, ownGroups, readGroup } from './fleet.ts'
import { readAccess, readEntry, readIssuance, readPreview } from './own-answers.ts'
import { readActivity } from './read-activity.ts'
import { activityShape } from './shapes.ts'
import type { Speech } from './speech.ts'

const activityPage = z.object({ items: z.array(activityShape), next: z.string().nullable() })
const ISSUANCES = 100

/** A plane of ours: it says all that the console can show. */
export function ownPlane(caller: Caller, fleet: Fleet): Speech {
  let read: ReadBoard | null = null
  const board = async (signal: AbortSignal): Promise<ReadBoard> => {
    read = await ownBoard(caller, fleet, signal)
    return read
  }
  /** What groups and machines are called, asked for where nobody has yet. */
  const names = async (signal: AbortSignal): Promise<ReadBoard['names']> => (read ?? (await board(signal))).names
  return {
    ...ofGroups(caller),
    board,
    views: () => read?.views ?? [],
    async preview(declaration, replicaId, signal) {
      const body = {
        ...writeDeclaration(declaration, 'ours', namingOf('ours', [])),
        id: replicaId,
        enabled: declaration.enabled,
      }
      return readPreview(await caller.call({ path: '/api/restore_replicas/preview', body }, previewSchema, signal))
    },
    async revokes(id, signal) {
      const call = { path: '/api/restore_replicas/revokes', body: { id }, about: { what: 'replica', id } } as const
      return (await caller.call(call, z.array(accessSchema), signal)).map(readAccess)
    },
    async worklist(id, signal) {
      const call = { path: '/api/restore_replicas/worklist', body: { device_id: id } } as const
      const about = { what: 'consumer', id }
      const entries = await caller.call({ ...call, about }, z.array(worklistEntrySchema), signal)
      const known = await names(signal)
      return entries.map((entry) => readEntry(entry, known.get(entry.machine_id) ?? null))
    },
    async issuances(id, before, signal) {
      const body = { device_id: id, before, limit: ISSUANCES }
      const page = await caller.call({ path: '/api/restore_replicas/issuances', body }, issuancePageSchema, signal)
      const known = await names(signal)
      const items = page.items.map((one) => readIssuance(one, known.get(one.group_id) ?? null))
      return { items, next: page.next }
    },
    async code(name) {
      const call = { path: '/api/devices/enrolment_code', body: { name }, grade: 'danger' } as const
      const made = await caller.call(call, deviceCodeSchema, neverAborted())
      const { code, url, plane_pin: planePin, certificate, expires_at: expiresAt } = made
      return { code, url, planePin, certificate, expiresAt }
    },
    async activity({ replicaId, machineId, groupId, consumerId }, page, signal) {
      const of = { replica_id: replicaId, machine_id: machineId, group_id: groupId, device_id: consumerId }
      const call = { path: '/api/restore_replicas/activity', body: { ...page, ...of } } as const
      const { items, next } = await caller.call(call, activityPage, signal)
      const known = await names(signal)
      const groupOf = (id: string | null) => (id === null ? null : { id, name: known.get(id) ?? null })
      const read = items.map((row) =>
        readActivity(row, { replica: null, group: groupOf(row.group_id), consumer: null }),
      )
      return { items: read, next }
    },
  }
}

function ofGroups(caller: Caller): Pick<Speech, 'groups' | 'connectGroup' | 'disconnectGroup' | 'observe'> {
  return {
    groups: (signal) => ownGroups(caller, signal),
    async connectGroup({ groupId, name, access, typeRules }) {
      const body = { server_group_id: groupId, name, access, type_rules: typeRules }
      const call = { path: '/api/fleet/groups/connect', body, grade: 'danger' } as const
      try {
        return readGroup(await caller.call(call, groupViewSchema, neverAborted()))
      } catch (error) {
        if (!isFault(error, 'conflict')) throw error
        throw new Fault('conflict', { ...error.data, what: 'group_exists' }, { cause: error })
      }
    },
    async disconnectGroup(id) {
      const body = { server_group_id: id }
      const call = { path: '/api/fleet/groups/disconnect', body, grade: 'danger' } as const
      return readGroup(await caller.call({ ...call, about: { what: 'group', id } }, groupViewSchema, neverAborted()))
    },
    async observe(groups, signal) {
      const call = { path: '/api/fleet/groups/observe', body: { groups } } as const
      return (await caller.call(call, z.array(groupViewSchema), signal)).map(({ id }) => id)
    },
  }
}
