import {
  type IntentDescriptor,
  MASKING_PARAMS,
  type Param,
  type ParamType,
  type ParamValue,
  type ParamValues,
} from '../../contract/control-plane/intent.ts'
import { badRequest } from '../../contract/control-plane/problem.ts'
import { readDuration, readSize, writeDuration, writeSize } from '../../contract/control-plane/units.ts'
import { issueOf } from '../../contract/refusals.ts'
import type { Manifest } from './fleet.ts'

const masking: ReadonlySet<string> = new Set(MASKING_PARAMS)

/**
 * What goes to the consumer: each parameter that the intent advertises, and no other. What is stored, where it is not null, before the
 * default; a text with units that was stored while nobody could say what it is goes out as the number that it means. Of an intent that redacts, the plane's own three are what `manifest` says, and null without one, whatever is stored.
 */
export function resolveParams(intent: IntentDescriptor, stored: ParamValues, manifest: Manifest | null): ParamValues {
  const redacts = intent.semantics.includes('redact')
  const resolved = Object.entries(intent.params).map(([name, param]): [string, ParamValue] => {
    const isOurs = redacts && masking.has(name)
    return [name, isOurs ? maskingValue(name, manifest) : (meant(param, own(stored, name)) ?? param.default ?? null)]
  })
  return Object.fromEntries(resolved)
}

function maskingValue(name: string, manifest: Manifest | null): ParamValue {
  if (manifest === null) return null
  if (name === 'redaction_manifest_url') return manifest.url
  return name === 'redaction_version_query' ? manifest.versionQuery : manifest.fallbackToBase
}

function meant({ type }: Param, value: ParamValue | undefined): ParamValue | undefined {
  if (typeof value !== 'string') return value
  if (type === 'duration') return readDuration(value) ?? value
  return type === 'bytes' ? (readSize(value) ?? value) : value
}

/** What somebody stored under a name, and nothing that all objects have. */
function own(values: ParamValues, name: string): ParamValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}

/**
 * What is stored of what an operator sent: durations in seconds, sizes in bytes. Without an intent, as it was given: nobody can say what
 * it is. A name that is stored already and no longer advertised stays with its value. Throws `PlaneProblem` (`bad-request`) for a name
 * that nobody knows and for what is not of its type.
 */
export function readParams(sent: ParamValues, intent: IntentDescriptor | undefined, stored: ParamValues): ParamValues {
  if (intent === undefined) return sent
  const redacts = intent.semantics.includes('redact')
  const read = Object.entries(sent).flatMap(([name, value]): [string, ParamValue][] => {
    if (redacts && masking.has(name)) return []
    const param = Object.hasOwn(intent.params, name) ? intent.params[name] : undefined
    if (param !== undefined) return [[name, readValue(name, param, value)]]
    if (own(stored, name) === value) return [[name, value]]
    throw badRequest(issueOf(['params', name], 'parameter_unknown', { intent: intent.intent, name }))
  })
  return Object.fromEntries(read)
}

const READERS: { readonly [T in ParamType]: (value: string | number | boolean) => ParamValue | undefined } = {
  duration: (value) => (typeof value === 'string' ? readDuration(value) : natural(value)),
  bytes: (value) => (typeof value === 'string' ? readSize(value) : natural(value)),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  integer: (value) => (Number.isSafeInteger(value) ? value : undefined),
  text: (value) => (typeof value === 'string' ? value : undefined),
}

function natural(value: number | boolean): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

function readValue(name: string, { type }: Param, value: ParamValue): ParamValue {
  if (value === null) return null
  const read = READERS[type](value)
  if (read !== undefined) return read
  throw badRequest(issueOf(['params', name], `parameter_${type}`, { name, value: JSON.stringify(value) }))
}

/** What an operator sees of what is stored: with units; raw without an intent. */
export function showParams(stored: ParamValues, intent: IntentDescriptor | undefined): ParamValues {
  if (intent === undefined) return stored
  const shown = Object.entries(stored).map(([name, value]): [string, ParamValue] => {
    const param = Object.hasOwn(intent.params, name) ? intent.params[name] : undefined
    return [name, param === undefined ? value : showValue(param.type, value)]
  })
  return Object.fromEntries(shown)
}

/** A descriptor with its defaults as an operator writes them. */
export function showDefaults({ params, ...intent }: IntentDescriptor): IntentDescriptor {
  const shown = Object.entries(params).map(([name, param]): [string, Param] => {
    const value = param.default
    return [name, value === undefined ? param : { ...param, default: showValue(param.type, value) }]
  })
  return { ...intent, params: Object.fromEntries(shown) }
}

function showValue(type: ParamType, value: ParamValue): ParamValue {
  if (typeof value !== 'number' || natural(value) === undefined) return value
  if (type === 'duration') return writeDuration(value)
  return type === 'bytes' ? writeSize(value) : value
}

/**
 * Seconds of the bound that an operator sent; null for none. Throws `PlaneProblem` (`bad-request`) for what is no duration.
 */
export function readBound(text: string | null | undefined): number | null {
  if (text === null || text === undefined || text.trim() === '') return null
  const seconds = readDuration(text)
  if (seconds !== undefined) return seconds
  throw badRequest(issueOf(['overdue_after'], 'not_a_duration', { text: JSON.stringify(text) }))
}
