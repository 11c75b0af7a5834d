import type { IntentDescriptor } from '../../contract/control-plane/intent.ts'

const HOUR = 3600

/** What this consumer says that it can do. */
export const INTENTS = [
  {
    intent: 'verify',
    description: 'Restores the newest snapshot, proves that its data comes to life, and deletes it again.',
    semantics: ['check', 'once'],
    params: {
      amcheck: { type: 'boolean', default: false },
      time_limit: { type: 'duration', default: 12 * HOUR },
    },
  },
  {
    intent: 'analytics',
    description: 'Keeps a read-only PostgreSQL of the newest snapshot running, and follows newer ones.',
    semantics: ['check', 'url'],
    params: {
      minimum_ttl: { type: 'duration', default: 2 * HOUR },
      time_limit: { type: 'duration', default: 12 * HOUR },
    },
  },
] as const satisfies readonly IntentDescriptor[]

export type IntentName = (typeof INTENTS)[number]['intent']

export function isKnown(intent: string): intent is IntentName {
  return INTENTS.some((one) => one.intent === intent)
}

/** Deleted as soon as it was proven. */
export function isEphemeral(intent: IntentName): boolean {
  return intent === 'verify'
}

/** A parameter in seconds, or what this consumer advertises where the plane sends nothing that can be used. */
export function secondsOf(params: Readonly<Record<string, unknown>>, name: 'time_limit' | 'minimum_ttl'): number {
  const value = params[name]
  if (typeof value === 'number' && value >= 0) return value
  return name === 'time_limit' ? 12 * HOUR : 2 * HOUR
}
