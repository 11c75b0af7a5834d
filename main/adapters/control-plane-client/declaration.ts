import { readDuration, writeDuration } from '../../../contract/control-plane/units.ts'
import { refused } from '../../../contract/errors.ts'
import type { PlaneDialect } from '../../../contract/shapes/plane.ts'
import type { Declaration } from '../../../contract/shapes/replica.ts'
import type { ViewShape } from './shapes.ts'

/** How a plane names what has had two names. It takes one of them and may refuse both at once. */
export interface Naming {
  readonly machine: 'machine_id' | 'server_id'
  readonly bound: 'overdue_after' | 'freshness_seconds'
}

/** As its views have it; before there is one, as its generation has it. */
export function namingOf(dialect: PlaneDialect, views: readonly ViewShape[]): Naming {
  const isFirst = dialect === 'first'
  const [view] = views
  if (view === undefined)
    return { machine: isFirst ? 'server_id' : 'machine_id', bound: isFirst ? 'freshness_seconds' : 'overdue_after' }
  return {
    machine: view.machine_id === undefined && view.server_id !== undefined ? 'server_id' : 'machine_id',
    bound:
      view.overdue_after === undefined && view.freshness_seconds !== undefined ? 'freshness_seconds' : 'overdue_after',
  }
}

export function machineOf({ machine_id: now, server_id: before }: ViewShape): string | null {
  return now ?? before ?? null
}

/** Seconds; null for no bound, and for one that cannot be read. */
export function boundOf({ overdue_after: text, freshness_seconds: seconds }: ViewShape): number | null {
  if (typeof text === 'string' && text.trim() !== '') return readDuration(text) ?? null
  return seconds ?? null
}

export function readDeclaration(view: ViewShape): Declaration {
  const { overdue_after: text, freshness_seconds: seconds } = view
  return {
    consumerId: view.consumer_device_id,
    groupId: view.group_id,
    machineId: machineOf(view),
    type: view.type,
    intent: view.intent,
    name: view.name,
    overdueAfter: text ?? (seconds === undefined || seconds === null ? null : writeDuration(seconds)),
    params: view.params,
    redacts: view.redacts,
    publishesSchemas: view.publishes_schemas,
    migratesOnRequest: view.migrates_on_request,
    enabled: view.enabled,
  }
}

/** All of it, for what is not sent is reset. The first generation knows no more than scope, name and bound. Throws `invalid_input`. */
export function writeDeclaration(
  declaration: Declaration,
  dialect: PlaneDialect,
  naming: Naming,
): Record<string, unknown> {
  const { overdueAfter } = declaration
  const scope = {
    consumer_device_id: declaration.consumerId,
    group_id: declaration.groupId,
    [naming.machine]: declaration.machineId,
    type: declaration.type,
    intent: declaration.intent,
    name: declaration.name,
    [naming.bound]: naming.bound === 'overdue_after' ? overdueAfter : secondsOf(overdueAfter),
  }
  if (dialect === 'first') return scope
  return {
    ...scope,
    params: declaration.params,
    redacts: declaration.redacts,
    publishes_schemas: declaration.publishesSchemas,
    migrates_on_request: declaration.migratesOnRequest,
  }
}

/** What the first generation takes of a change. Throws `invalid_input` for anything else that is to be different. */
export function writeFirstChange(before: Declaration, after: Declaration): Record<string, unknown> {
  for (const field of ['consumerId', 'groupId', 'machineId', 'type', 'intent'] as const) {
    if (before[field] === after[field]) continue
    throw refused(['declaration', field], 'replica_scope')
  }
  return { name: after.name, freshness_seconds: secondsOf(after.overdueAfter), enabled: after.enabled }
}

function secondsOf(text: string | null): number | null {
  if (text === null || text.trim() === '') return null
  const seconds = readDuration(text)
  if (seconds === undefined) throw refused(['declaration', 'overdueAfter'], 'not_a_time')
  return seconds
}
