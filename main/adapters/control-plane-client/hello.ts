import { z } from 'zod'
import { Fault } from '../../../contract/errors.ts'
import type { PlaneFeature } from '../../../contract/shapes/plane.ts'
import type { PlaneHello } from '../../services/planes/index.ts'
import { type Caller, isNoSuchCall } from './caller.ts'
import { consumerShape, viewShape } from './shapes.ts'

const OURS = 'restore-console'
const FEATURES = [
  'standings',
  'preview',
  'worklists',
  'issuances',
  'history',
  'groups',
  'unless-changed',
] as const satisfies readonly PlaneFeature[]

const descriptionShape = z.object({
  product: z.string(),
  version: z.string().nullish(),
  safety_modes: z.boolean().nullish(),
  consumer_url: z.string().nullish(),
})

const consumers = z.array(consumerShape)

/**
 * What answers: ours says so. Else intents that are strings are the first generation's, and descriptors those of what came after; where
 * no consumer says what it can do, the first alone has a list of the whole fleet. Throws `version_mismatch` for anything else.
 */
export async function meet(caller: Caller, signal: AbortSignal): Promise<PlaneHello> {
  const description = await caller.callIfThere({ path: '/api/plane/describe' }, z.unknown(), signal)
  const ours = descriptionShape.safeParse(description)
  if (ours.success && ours.data.product === OURS) {
    const { version = null, safety_modes: hasModes, consumer_url: consumerUrl = null } = ours.data
    if (hasModes === true) caller.hasModes()
    const features: PlaneFeature[] = [...FEATURES, ...(consumerUrl === null ? [] : ['enrolment' as const])]
    return { dialect: 'ours', features, version, consumerUrl }
  }
  const isFirst = await isOfFirst(caller, signal)
  if (!isFirst) await caller.findModes(signal)
  return { dialect: isFirst ? 'first' : 'descriptors', features: [], version: null, consumerUrl: null }
}

async function isOfFirst(caller: Caller, signal: AbortSignal): Promise<boolean> {
  const known = await consumersOf(caller, signal)
  const intents = known.flatMap((one) => one.intents)
  if (intents.length > 0) return intents.every((intent) => typeof intent === 'string')
  const list = await caller.callIfThere({ path: '/api/restore_replicas/list' }, z.array(viewShape), signal)
  return list !== undefined
}

async function consumersOf(caller: Caller, signal: AbortSignal): Promise<z.output<typeof consumers>> {
  try {
    return await caller.call({ path: '/api/restore_replicas/consumers' }, consumers, signal)
  } catch (error) {
    if (!isNoSuchCall(error)) throw error
    const theirs = 'something that is no control plane'
    throw new Fault('version_mismatch', { ours: 'a control plane', theirs }, { cause: error })
  }
}
