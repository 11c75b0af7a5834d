import { z } from 'zod'
import { Fault } from '../../contract/errors.ts'
import { reasonOf } from '../../contract/reasons.ts'
import type { ConsumerConnection } from '../../contract/shapes/consumer.ts'
import type { PlaneSafety } from '../../contract/shapes/plane.ts'
import type { Declaration } from '../../contract/shapes/replica.ts'
import type { PlaneAddress, PlaneClient, PlaneHello } from '../services/planes/index.ts'
import { neverAborted } from '../services/signals.ts'
import { Caller, isNoSuchCall } from './control-plane-client/caller.ts'
import { DeclarationChanges } from './control-plane-client/changes.ts'
import { openExchange } from './control-plane-client/exchange.ts'
import { Fleet } from './control-plane-client/fleet.ts'
import { meet } from './control-plane-client/hello.ts'
import { otherPlane } from './control-plane-client/other-plane.ts'
import { readConnection } from './control-plane-client/own-answers.ts'
import { ownPlane } from './control-plane-client/own-plane.ts'
import { connectionShape } from './control-plane-client/shapes.ts'
import type { Speech } from './control-plane-client/speech.ts'

interface Met {
  readonly hello: PlaneHello
  readonly speech: Speech
  readonly changes: DeclarationChanges
}

export interface ClientOptions {
  /** `user@machine` of whoever uses this console: told to a plane of ours, which knows its operators by nothing else. */
  readonly operator?: string
  readonly now?: () => Date
  /** Milliseconds for one question. */
  readonly patience?: number
}

const CONNECTIONS = 100

/**
 * A control plane over HTTP(S): a Canopy of either generation, or one of ours, found out by asking. What it is and what it says is read
 * as loosely as can be, and what it refuses becomes a fault of the closed set.
 */
export function openControlPlane(address: PlaneAddress, options: ClientOptions = {}): PlaneClient {
  const { now = () => new Date(), patience, operator } = options
  const { name } = address
  const exchange = openExchange(address, patience)
  const caller = new Caller(exchange, name, now)
  let met: Met | undefined

  const get = (): Met => {
    if (met === undefined) throw new Fault('unreachable', { host: name, ...reasonOf('did_not_introduce_itself') })
    return met
  }
  const hello = async (signal: AbortSignal): Promise<PlaneHello> => {
    const said = await meet(caller, signal)
    const { dialect } = said
    if (dialect === 'ours' && operator !== undefined) caller.say(operator)
    const fleet = new Fleet(caller, dialect, now)
    const speech = dialect === 'ours' ? ownPlane(caller, fleet) : otherPlane(fleet, name, now)
    met = { hello: said, speech, changes: new DeclarationChanges({ caller, fleet, dialect }) }
    return said
  }
  return {
    hello,
    safety: () => caller.safety(),
    raise: (mode): Promise<PlaneSafety> => caller.raise(mode, neverAborted()),
    lower: (): Promise<PlaneSafety> => caller.lower(neverAborted()),
    board: async (signal) => await get().speech.board(signal),
    groups: async (signal) => await get().speech.groups(signal),
    preview: async (declaration, replicaId, signal) => await get().speech.preview(declaration, replicaId, signal),
    revokes: async (replicaId, signal) => await get().speech.revokes(replicaId, signal),
    declare: async (declaration: Declaration) =>
      await get().changes.declare(declaration, get().speech.views(), neverAborted()),
    change: async (replicaId, declaration, updatedAt) =>
      await get().changes.change(replicaId, declaration, updatedAt, neverAborted()),
    remove: async (id) => await remove(caller, id),
    worklist: async (consumerId, signal) => await get().speech.worklist(consumerId, signal),
    issuances: async (consumerId, before, signal) => await get().speech.issuances(consumerId, before, signal),
    connections: async (consumerId, signal) => await connections(caller, consumerId, signal),
    code: async (consumer) => await get().speech.code(consumer),
    dismiss: async (consumerId) => await dismiss(caller, consumerId),
    activity: async (filter, page, signal) => await get().speech.activity(filter, page, signal),
    connectGroup: async (group) => await get().speech.connectGroup(group),
    disconnectGroup: async (groupId) => await get().speech.disconnectGroup(groupId),
    observe: async (groups, signal) => await get().speech.observe(groups, signal),
    [Symbol.dispose]: () => exchange[Symbol.dispose](),
  }
}

async function remove(caller: Caller, id: string): Promise<void> {
  const call = { path: '/api/restore_replicas/delete', body: { id }, grade: 'danger' } as const
  await caller.call({ ...call, about: { what: 'replica', id } }, z.unknown(), neverAborted())
}

/** Null where the plane does not tell, or not in a way that is understood. */
async function connections(
  caller: Caller,
  id: string,
  signal: AbortSignal,
): Promise<readonly ConsumerConnection[] | null> {
  const call = { path: '/api/devices/connection_history', body: { device_id: id, limit: CONNECTIONS } } as const
  try {
    const rows = await caller.call({ ...call, about: { what: 'consumer', id } }, z.array(connectionShape), signal)
    return rows.flatMap(readConnection)
  } catch (error) {
    if (isNoSuchCall(error)) return null
    throw error
  }
}

/** A device without a role reaches nothing. */
async function dismiss(caller: Caller, id: string): Promise<void> {
  const body = { device_id: id, role: 'untrusted' }
  const call = { path: '/api/devices/update_role', body, grade: 'danger' } as const
  await caller.call({ ...call, about: { what: 'consumer', id } }, z.unknown(), neverAborted())
}
