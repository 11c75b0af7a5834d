import { createHash, randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { deviceCodeSchema } from '../../contract/control-plane/fleet.ts'
import { PlaneProblem, inTheWay } from '../../contract/control-plane/problem.ts'
import { reasonOf } from '../../contract/reasons.ts'
import type { Enrolment } from '../api/deps.ts'
import type { CodeRecord, Device, PlaneStore } from '../store/index.ts'

export interface ConsumerEnrolmentDeps {
  readonly store: PlaneStore
  readonly now: () => Date
  readonly newId: () => string
  /** Where consumers come to, and what they know it by; undefined while nothing listens. */
  readonly door: () => { readonly url: string; readonly pin: string; readonly certificate: string } | undefined
}

const CODE_BYTES = 16
/** Milliseconds. */
const GOOD_FOR = 15 * 60_000

/** One-time codes, each of which makes one device a consumer. Of a code its hash alone is kept. */
export class ConsumerEnrolment implements Enrolment {
  readonly #deps: ConsumerEnrolmentDeps

  constructor(deps: ConsumerEnrolmentDeps) {
    this.#deps = deps
  }

  /** Throws `PlaneProblem` (`conflict`) while nothing listens for consumers. */
  code(name: string, madeBy: string): z.infer<typeof deviceCodeSchema> {
    const { store, now, door } = this.#deps
    const reached = door()
    if (reached === undefined) throw inTheWay(reasonOf('no_consumers_let_in'))
    const code = randomBytes(CODE_BYTES).toString('base64url')
    const madeAt = now()
    const expiresAt = new Date(madeAt.getTime() + GOOD_FOR).toISOString()
    store.codes.insert({ hash: hashOf(code), name, madeBy, madeAt: madeAt.toISOString(), expiresAt })
    return {
      code,
      url: reached.url,
      plane_pin: reached.pin,
      certificate: reached.certificate,
      expires_at: expiresAt,
    }
  }

  /** All of it is one transaction: of two at once one is let in. */
  redeem(code: string, name: string | null, pin: string): Device {
    const { store, now } = this.#deps
    return store.transaction(() => {
      const record = store.codes.get(hashOf(code))
      if (record === undefined || record.usedAt !== null || Date.parse(record.expiresAt) <= now().getTime()) {
        throw new PlaneProblem(
          'auth-failed',
          'This code is unknown, was used already, or is older than a quarter of an hour.',
        )
      }
      const device = this.#deviceOf(record, name, pin)
      store.codes.use(record.hash, { by: device.id, at: now().toISOString() })
      return device
    })
  }

  /** One that is known by its key already stays the same device, and what is declared for it stays its. */
  #deviceOf(record: CodeRecord, said: string | null, pin: string): Device {
    const { store, now, newId } = this.#deps
    const { devices } = store
    const name = said ?? record.name
    const known = devices.byPin(pin)
    const id = known?.id ?? newId()
    if (known === undefined) {
      devices.insert({ id, name, role: 'backup-restore', keyPin: pin, firstSeenAt: now().toISOString() })
    } else {
      devices.setName(id, name)
      if (known.role !== 'admin') devices.setRole(id, 'backup-restore')
    }
    const device = devices.byPin(pin)
    if (device === undefined) throw new Error('the device that was written is not there')
    return device
  }
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url')
}
