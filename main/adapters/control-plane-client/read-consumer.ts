import type { Intent } from '../../../contract/shapes/replica.ts'
import type { ConsumerOfPlane } from '../../services/planes/index.ts'
import type { ConsumerShape } from './shapes.ts'

/** `replicas`: how many are declared for it. */
export function readConsumer(shape: ConsumerShape, replicas: number): ConsumerOfPlane {
  return {
    id: shape.device_id,
    name: shape.name,
    intents: shape.intents.map(readIntent),
    registeredAt: shape.reregistered_at ?? shape.registered_at,
    lastSeenAt: shape.last_seen_at,
    lastWorklistAt: shape.last_worklist_at,
    keyPin: shape.key_pin,
    silent: null,
    replicas,
  }
}

function readIntent(intent: ConsumerShape['intents'][number]): Intent {
  if (typeof intent === 'string') return { name: intent, description: null, semantics: [], params: {} }
  const { intent: name, description, semantics, params } = intent
  return {
    name,
    description,
    semantics,
    params: Object.fromEntries(
      Object.entries(params).map(([key, { type, default: usual }]) => [
        key,
        usual === undefined ? { type } : { type, default: usual },
      ]),
    ),
  }
}

/** What an intent means, as its consumer says; null where it does not, or did so without saying what. */
export function semanticsOf(consumer: ConsumerShape | undefined, intent: string): readonly string[] | null {
  const found = consumer?.intents.find((one) => typeof one !== 'string' && one.intent === intent)
  return found === undefined || typeof found === 'string' ? null : found.semantics
}

/** Null where its consumer is not known. */
export function advertises(consumer: ConsumerShape | undefined, intent: string): boolean | null {
  if (consumer === undefined) return null
  return consumer.intents.some((one) => (typeof one === 'string' ? one : one.intent) === intent)
}
