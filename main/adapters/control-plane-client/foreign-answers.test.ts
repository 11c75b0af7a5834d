import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { Fault } from '../../../contract/errors.ts'
import { consumerSchema } from '../../../contract/shapes/consumer.ts'
import { planeGroupSchema } from '../../../contract/shapes/plane.ts'
import { replicaSchema } from '../../../contract/shapes/replica.ts'
import { verificationSchema } from '../../../contract/shapes/verification.ts'
import { canopyClient, patient } from '../../../test/canopy-client.ts'
import { type CanopyServer, canopyServer, recorded } from '../../../test/canopy-server.ts'

const BOARD = z.object({
  replicas: z.array(replicaSchema.omit({ planeId: true })),
  consumers: z.array(consumerSchema.omit({ planeId: true })),
})
const machine = planeGroupSchema.shape.machines.element.omit({ hostId: true })
const GROUPS = z.array(planeGroupSchema.extend({ machines: z.array(machine) }))
const HISTORY = z.object({
  items: z.array(verificationSchema.omit({ planeId: true, run: true })),
  next: z.string().nullable(),
})

let server: CanopyServer
let answers: Record<string, unknown> = {}
beforeAll(async () => {
  server = await canopyServer({})
  for (const path of new Set([...Object.keys(recorded('first')), ...Object.keys(recorded('newest'))])) {
    server.answer(path, () => (path in answers ? { status: 200, json: answers[path] } : { status: 404, text: '' }))
  }
})
afterAll(() => server[Symbol.asyncDispose]())

/** Somewhere in an answer, something else stands than was recorded. */
interface Change {
  /** Which of the places, from 0 to 1. */
  readonly where: number
  readonly value: unknown
  readonly how: 'instead' | 'missing' | 'besides'
}

const change: fc.Arbitrary<Change> = fc.record({
  where: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  value: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('', '2026-11-20', 'PT2H', -1, 1e300)),
  how: fc.constantFrom('instead', 'instead', 'missing', 'besides'),
})

function changed(answer: Record<string, unknown>, changes: readonly Change[]): Record<string, unknown> {
  const copy = structuredClone(answer)
  for (const { where, value, how } of changes) {
    const places = placesIn(copy)
    const place = places[Math.floor(where * places.length)]
    if (place === undefined) continue
    if (how === 'missing') delete place.holder[place.key]
    else place.holder[how === 'besides' ? `${place.key}_of_next_year` : place.key] = value
  }
  return copy
}

type Holder = Record<string, unknown>

function placesIn(value: unknown): { readonly holder: Holder; readonly key: string }[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Holder
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])])
}

/** What was read has the shape that the console gives on; what could not be read is a fault of the closed set. */
async function readsOrRefuses<T>(question: Promise<T>, shape: z.ZodType): Promise<boolean> {
  try {
    const read = shape.safeParse(await question)
    expect(read.error?.issues ?? []).toEqual([])
    return true
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    expect(error.code).not.toBe('internal')
    return false
  }
}

test.each(['first', 'newest'] as const)(
  'whatever a plane of the %s generation answers is read, or refused in a way that can be said',
  async (generation) => {
    let read = 0
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        answers = changed(recorded(generation), changes)
        using client = canopyClient({ url: server.url })
        const met = await readsOrRefuses(client.hello(patient()), z.unknown())
        if (!met) return
        const nobody = { replicaId: null, machineId: null, groupId: null, consumerId: null }
        const answered = [
          await readsOrRefuses(client.board(patient()), BOARD),
          await readsOrRefuses(client.groups(patient()), GROUPS),
          await readsOrRefuses(client.activity(nobody, { before: null, limit: 100 }, patient()), HISTORY),
        ]
        if (answered.every(Boolean)) read += 1
      }),
      { numRuns: 200 },
    )
    // Not all that is odd is a reason to show nothing.
    expect(read).toBeGreaterThan(0)
  },
)
