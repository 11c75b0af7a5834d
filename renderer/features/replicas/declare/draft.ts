import { t } from '@lingui/core/macro'
import { MASKING_PARAMS, type Param, type ParamValue } from '../../../../contract/control-plane/intent.ts'
import { readDuration, readSize } from '../../../../contract/control-plane/units.ts'
import type { Consumer } from '../../../../contract/shapes/consumer.ts'
import type { Declaration, Intent, Replica } from '../../../../contract/shapes/replica.ts'
import { consumerTitle } from '../replica-words.ts'

/** A declaration while it is being typed. */
export interface Draft {
  readonly planeId: string | null
  readonly consumerId: string | null
  readonly groupId: string | null
  /** Null for every machine of the group. */
  readonly machineId: string | null
  readonly type: string
  readonly intent: string
  readonly name: string
  /** Until then it is suggested anew whenever what it is made of changes. */
  readonly isNameTyped: boolean
  readonly overdueAfter: string
  /** As typed; empty for unset. */
  readonly params: Readonly<Record<string, string>>
  /** What is kept as it is while nobody says of which types the parameters are. */
  readonly stored: Declaration['params']
  readonly redacts: boolean
  readonly publishesSchemas: boolean
  readonly migratesOnRequest: boolean
  readonly enabled: boolean
}

export const EMPTY_DRAFT: Draft = {
  planeId: null,
  consumerId: null,
  groupId: null,
  machineId: null,
  type: '',
  intent: '',
  name: '',
  isNameTyped: false,
  overdueAfter: '1d',
  params: {},
  stored: {},
  redacts: false,
  publishesSchemas: false,
  migratesOnRequest: false,
  enabled: true,
}

/** What is declared, to be changed. */
export function draftOf({ planeId, declaration }: Pick<Replica, 'planeId' | 'declaration'>): Draft {
  const set = Object.entries(declaration.params).filter(([, value]) => value !== null)
  return {
    ...declaration,
    planeId,
    isNameTyped: true,
    overdueAfter: declaration.overdueAfter ?? '',
    params: Object.fromEntries(set.map(([name, value]) => [name, String(value)])),
    stored: declaration.params,
  }
}

export interface IntentChoice {
  readonly name: string
  /** Why it cannot be chosen for this consumer, in a sentence; null where it can. */
  readonly reason: string | null
}

/** What can be chosen for a consumer: first what it offers, then what it does not, with the reason. */
export function intentChoices(draft: Draft, consumers: readonly Consumer[]): readonly IntentChoice[] {
  const mine = consumerOf(draft, consumers)
  const offered = mine?.intents.map(({ name }) => name) ?? []
  const there = consumers.filter(({ planeId }) => planeId === draft.planeId)
  const others = there.flatMap(({ intents }) => intents.map(({ name }) => name))
  const left = [...new Set([...others, ...(draft.intent === '' ? [] : [draft.intent])])].filter(
    (name) => !offered.includes(name),
  )
  const title = mine === undefined ? null : consumerTitle(mine.name, mine.id)
  return [
    ...offered.map((name) => ({ name, reason: null })),
    ...left.toSorted((a, b) => a.localeCompare(b)).map((name) => ({ name, reason: reasonOf(name, title, there) })),
  ]
}

function reasonOf(intent: string, title: string | null, there: readonly Consumer[]): string {
  const able = there.filter(({ intents }) => intents.some(({ name }) => name === intent))
  const names = able.map(({ name, id }) => consumerTitle(name, id)).join(', ')
  if (title === null)
    return names === ''
      ? t`This consumer does not offer it now, and no other consumer does.`
      : able.length === 1
        ? t`This consumer does not offer it; ${names} does.`
        : t`This consumer does not offer it; ${names} do.`
  return names === ''
    ? t`${title} does not offer it now, and no other consumer does.`
    : able.length === 1
      ? t`${title} does not offer it; ${names} does.`
      : t`${title} does not offer it; ${names} do.`
}

export function consumerOf({ planeId, consumerId }: Draft, consumers: readonly Consumer[]): Consumer | undefined {
  return consumers.find((each) => each.planeId === planeId && each.id === consumerId)
}

/** What the consumer says of the intent; undefined while it does not offer it. */
export function intentOf(draft: Draft, consumers: readonly Consumer[]): Intent | undefined {
  return consumerOf(draft, consumers)?.intents.find(({ name }) => name === draft.intent)
}

/** The parameters that an operator sets: not those that the plane fills in itself. */
export function paramsOf(intent: Intent | undefined): readonly (readonly [name: string, param: Param])[] {
  const hidden: readonly string[] = intent?.semantics.includes('redact') === true ? MASKING_PARAMS : []
  return Object.entries(intent?.params ?? {}).filter(([name]) => !hidden.includes(name))
}

/** What is wrong with a parameter as it is typed, in a sentence; null where it will do. */
export function paramProblem({ type }: Param, text: string): string | null {
  if (text.trim() === '') return null
  switch (type) {
    case 'duration':
      return readDuration(text) === undefined ? t`A time such as 2h 30m, 45m or 1d.` : null
    case 'bytes':
      return readSize(text) === undefined ? t`A size such as 20Gi, 512Mi or 1536.` : null
    case 'integer':
      return /^-?\d+$/.test(text.trim()) ? null : t`A whole number.`
    case 'boolean':
      return text === 'true' || text === 'false' ? null : t`Yes or no.`
    case 'text':
      return null
  }
}

/** What is wrong with the bound as it is typed; null where it will do. Empty is no bound. */
export function boundProblem(text: string): string | null {
  if (text.trim() === '') return null
  return readDuration(text) === undefined ? t`A time such as 1d, 36h or 2h 30m; empty for none.` : null
}

function valueOf({ type }: Param, text: string): ParamValue {
  if (type === 'integer') return Number(text)
  if (type === 'boolean') return text === 'true'
  return type === 'text' ? text : text.trim()
}

/** What is missing yet, in a sentence; null where it can be sent. */
export function missingOf(draft: Draft, intent: Intent | undefined): string | null {
  if (draft.planeId === null) return t`Choose a control plane.`
  if (draft.consumerId === null) return t`Choose a consumer.`
  if (draft.groupId === null) return t`Choose a group.`
  if (draft.type.trim() === '') return t`Say which type of backups.`
  if (draft.intent === '') return t`Choose what is to be done with it.`
  if (draft.name.trim() === '') return t`Give it a name.`
  if (boundProblem(draft.overdueAfter) !== null) return t`The bound is not a duration.`
  const wrong = paramsOf(intent).find(([name, param]) => paramProblem(param, draft.params[name] ?? '') !== null)
  if (wrong === undefined) return null
  const [name] = wrong
  return t`The parameter ${name} is not right yet.`
}

/** What would be sent; null while something is missing. */
export function declarationOf(draft: Draft, intent: Intent | undefined): Declaration | null {
  const { consumerId, groupId, machineId, redacts, publishesSchemas, migratesOnRequest, enabled } = draft
  if (missingOf(draft, intent) !== null || consumerId === null || groupId === null) return null
  const can = (tag: string): boolean => intent === undefined || intent.semantics.includes(tag)
  const typed = paramsOf(intent).flatMap(([name, param]) => {
    const text = draft.params[name] ?? ''
    return text.trim() === '' ? [] : [[name, valueOf(param, text)] as const]
  })
  return {
    consumerId,
    groupId,
    machineId,
    type: draft.type.trim(),
    intent: draft.intent,
    name: draft.name.trim(),
    overdueAfter: draft.overdueAfter.trim() || null,
    params: intent === undefined ? draft.stored : Object.fromEntries(typed),
    redacts: redacts && can('redact'),
    publishesSchemas: publishesSchemas && can('reporting-schema') && machineId === null && !redacts,
    migratesOnRequest: migratesOnRequest && can('migrate'),
    enabled,
  }
}
