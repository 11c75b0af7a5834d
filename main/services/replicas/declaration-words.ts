import { isDeepStrictEqual } from 'node:util'
import type { Declaration } from '../../../contract/shapes/replica.ts'

/** A declaration in words for the audit. */
export function wordsForDeclaration({ name, intent, type, machineId, overdueAfter }: Declaration): string {
  const bound = overdueAfter === null || overdueAfter === '' ? '' : `, overdue after ${overdueAfter}`
  return `${name}: ${intent} of ${type}, ${machineId === null ? 'all machines' : 'one machine'}${bound}`
}

const FIELDS: Readonly<Record<keyof Declaration, string>> = {
  consumerId: 'its consumer',
  groupId: 'its group',
  machineId: 'its machines',
  type: 'its type',
  intent: 'its intent',
  name: 'its name',
  overdueAfter: 'when it is overdue',
  params: 'its parameters',
  redacts: 'whether it redacts',
  publishesSchemas: 'whether it publishes schemas',
  migratesOnRequest: 'when it migrates',
  enabled: 'whether it is enabled',
}

/** What is to be different, in words for the audit, with what it is to be where that is short. */
export function wordsForChange(before: Declaration, after: Declaration): string {
  const fields = Object.keys(FIELDS) as (keyof Declaration)[]
  const changes = fields
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => {
      const value = after[field]
      return typeof value === 'string' ? `${FIELDS[field]}, now ${value}` : FIELDS[field]
    })
  return `${before.name}: ${changes.length === 0 ? 'nothing' : changes.join('; ')}`
}
