import type { IntentDescriptor } from '../../contract/control-plane/intent.ts'
import { badRequest, PlaneProblem } from '../../contract/control-plane/problem.ts'
import type { CreateReplica, UpdateReplica } from '../../contract/control-plane/replica.ts'
import { issueOf } from '../../contract/refusals.ts'
import { readBound, readParams } from '../replicas/params.ts'
import type { Declaration, PlaneStore } from '../store/index.ts'
import type { PlaneDeps } from './deps.ts'
import type { FleetReader } from './fleet-reader.ts'

type Deps = Pick<PlaneDeps, 'store' | 'now' | 'newId'> & Pick<FleetReader, 'intentsOf'>

/** What an operator may say of a declaration. */
type Said = Omit<Declaration, 'id' | 'enabled' | 'createdBy' | 'createdAt' | 'updatedBy' | 'updatedAt'>

/**
 * What was sent, read and checked as Canopy does. `before`: what is changed by it. Throws `PlaneProblem`: `bad-request` with the reason,
 * `conflict` (`name-taken`) where the consumer has another of that name.
 */
function readDeclaration(deps: Deps, sent: CreateReplica, before: Declaration | undefined): Said {
  const said = readSaid(deps, sent, before)
  const taken = deps.store.declarations.named(said.consumerId, said.name)
  if (taken === undefined || taken.id === before?.id) return said
  const members = { conflict: 'name-taken', existing_id: taken.id } as const
  throw new PlaneProblem('conflict', `This consumer has a replica named ${said.name} already.`, { members })
}

/** The same without asking whether the name is taken. */
export function readSaid({ store, intentsOf }: Deps, sent: CreateReplica, before: Declaration | undefined): Said {
  const name = sent.name.trim()
  if (name === '') throw badRequest(issueOf(['name'], 'replica_name_missing'))
  const device = store.devices.get(sent.consumer_device_id)
  if (device === undefined)
    throw badRequest(issueOf(['consumer_device_id'], 'replica_device', { id: sent.consumer_device_id }))
  const machineId = sent.machine_id ?? null
  requireScope(store, { groupId: sent.group_id, machineId }, before)
  const intent = intentsOf(device).get(sent.intent)
  requireSwitches(sent, intent)
  return {
    consumerId: device.id,
    groupId: sent.group_id,
    machineId,
    type: sent.type,
    intent: sent.intent,
    name,
    overdueAfter: readBound(sent.overdue_after),
    params: readParams(sent.params, intent, before?.params ?? {}),
    redacts: sent.redacts,
    publishesSchemas: sent.publishes_schemas,
    migratesOnRequest: sent.migrates_on_request,
  }
}

/** A machine that has left its group since stays as it is declared: an entry comes of it when it returns. */
function requireScope(store: PlaneStore, scope: Pick<Said, 'groupId' | 'machineId'>, before?: Declaration): void {
  if (before?.groupId === scope.groupId && before.machineId === scope.machineId) return
  if (store.groups.get(scope.groupId) === undefined) {
    throw badRequest(issueOf(['group_id'], 'replica_group', { id: scope.groupId }))
  }
  if (scope.machineId === null || store.machines.get(scope.machineId)?.groupId === scope.groupId) return
  throw badRequest(issueOf(['machine_id'], 'replica_machine', { id: scope.machineId }))
}

function requireSwitches(sent: CreateReplica, intent: IntentDescriptor | undefined): void {
  const lacks = (tag: string) => intent !== undefined && !intent.semantics.includes(tag)
  if (sent.redacts && lacks('redact')) {
    throw badRequest(issueOf(['redacts'], 'intent_not_redacting', { intent: sent.intent }))
  }
  if (!sent.publishes_schemas) return
  if (sent.redacts) throw badRequest(issueOf(['publishes_schemas'], 'schemas_redacted'))
  if (sent.machine_id !== null && sent.machine_id !== undefined) {
    throw badRequest(issueOf(['publishes_schemas'], 'schemas_of_one_machine'))
  }
  if (lacks('reporting-schema')) {
    throw badRequest(issueOf(['publishes_schemas'], 'intent_without_schemas', { intent: sent.intent }))
  }
}

/** A new declaration, stored and audited. */
export function declare(deps: Deps, sent: CreateReplica, login: string): Declaration {
  const { store, now, newId } = deps
  return store.transaction(() => {
    const said = readDeclaration(deps, sent, undefined)
    const at = now().toISOString()
    const made = { createdBy: login, createdAt: at, updatedBy: login, updatedAt: at }
    const declaration: Declaration = { ...said, id: newId(), enabled: true, ...made }
    store.declarations.insert(declaration)
    const change = { action: 'restore_replicas/create', subject: declaration.id, before: null, after: declaration }
    store.audit.append({ at, login, ...change })
    return declaration
  })
}

/**
 * All of a declaration anew. Access that it no longer gives ends with it. Throws `PlaneProblem`: `resource-not-found`; `conflict`
 * (`changed`) where it is not as `if_updated_at` says any more.
 */
export function redeclare(deps: Deps, sent: UpdateReplica, login: string): Declaration {
  const { store, now } = deps
  return store.transaction(() => {
    const before = existing(store, sent.id)
    requireUnchanged(before, sent.if_updated_at)
    const said = readDeclaration(deps, sent, before)
    const at = later(now(), before.updatedAt)
    const after: Declaration = { ...before, ...said, enabled: sent.enabled, updatedBy: login, updatedAt: at }
    store.declarations.update(after)
    store.issuances.revokeUncovered(now().toISOString())
    store.audit.append({ at, login, action: 'restore_replicas/update', subject: sent.id, before, after })
    return after
  })
}

/** Throws `PlaneProblem` (`resource-not-found`). */
export function undeclare({ store, now }: Deps, id: string, login: string): void {
  store.transaction(() => {
    const before = existing(store, id)
    const at = now().toISOString()
    store.declarations.delete(id)
    store.issuances.revokeUncovered(at)
    store.audit.append({ at, login, action: 'restore_replicas/delete', subject: id, before, after: null })
  })
}

/** Throws `PlaneProblem` (`resource-not-found`). */
export function existing(store: PlaneStore, id: string): Declaration {
  const found = store.declarations.get(id)
  if (found !== undefined) return found
  throw new PlaneProblem('resource-not-found', `There is no replica ${id}.`)
}

function requireUnchanged({ name, updatedAt, updatedBy, id }: Declaration, expected: string | null | undefined): void {
  if (expected === null || expected === undefined || Date.parse(expected) === Date.parse(updatedAt)) return
  const title = `${name} was changed by ${updatedBy ?? 'somebody'} at ${updatedAt}, after it was read here.`
  throw new PlaneProblem('conflict', title, { members: { conflict: 'changed', existing_id: id } })
}

/** Now, but after what was: two changes within a millisecond are told apart. */
function later(now: Date, before: string): string {
  return new Date(Math.max(now.getTime(), Date.parse(before) + 1)).toISOString()
}
