import { createHash } from 'node:crypto'
import { z } from 'zod'
import {
  enrolledSchema,
  issuedCredentialsSchema,
  type IssuedCredentials,
  type VerificationReport,
} from '../../contract/control-plane/consumer.ts'
import type { IntentDescriptor } from '../../contract/control-plane/intent.ts'
import { type Entry, entrySchema } from '../worklist-entry.ts'
import { reasonOf } from '../../contract/reasons.ts'
import { askPlane, PlaneRefusal, PlaneSilent, type PlaneAddress } from './ask-plane.ts'

export interface Worklist {
  readonly entries: readonly Entry[]
  /** The same for as long as nothing in it changes, also what this consumer does not read. */
  readonly fingerprint: string
}

/** A control plane as a consumer knows it: Canopy's four calls, each in both of its generations. */
export class Plane {
  readonly address: PlaneAddress

  constructor(address: PlaneAddress) {
    this.address = address
  }

  /** Say what this consumer can do. The first Canopy takes the names alone. Throws what `askPlane` throws. */
  async register(intents: readonly IntentDescriptor[], signal?: AbortSignal): Promise<void> {
    const path = '/restore-capabilities'
    try {
      await askPlane(this.address, { method: 'POST', path, body: { intents }, signal })
    } catch (error) {
      if (!(error instanceof PlaneRefusal) || ![400, 422].includes(error.status)) throw error
      const names = intents.map(({ intent }) => intent)
      await askPlane(this.address, { method: 'POST', path, body: { intents: names }, signal })
    }
  }

  /** All that should be there. An answer that cannot be read is no empty list: it throws, as `askPlane` does. */
  async worklist(signal?: AbortSignal): Promise<Worklist> {
    const answer = await askPlane(this.address, { method: 'GET', path: '/restore-worklist', signal })
    const read = z.array(entrySchema).safeParse(answer)
    if (!read.success) throw unreadable('/restore-worklist', z.prettifyError(read.error))
    const fingerprint = createHash('sha256').update(JSON.stringify(answer)).digest('hex')
    return { entries: read.data, fingerprint }
  }

  /** Read-only credentials, the same `runId` whenever an attempt asks again. Throws what `askPlane` throws. */
  async credentials(entry: Entry, runId: string, signal?: AbortSignal): Promise<IssuedCredentials> {
    const body = { group: entry.groupId, type: entry.type, run_id: runId }
    const answer = await askPlane(this.address, { method: 'POST', path: '/restore-credentials', body, signal })
    const read = issuedCredentialsSchema.safeParse(answer)
    if (!read.success) throw unreadable('/restore-credentials', z.prettifyError(read.error))
    return read.data
  }

  /** Throws what `askPlane` throws. */
  async report(report: unknown, signal?: AbortSignal): Promise<void> {
    await askPlane(this.address, { method: 'POST', path: '/restore-verification', body: report, signal })
  }

  /** Become a device of the plane. Throws what `askPlane` throws. */
  async enrol(code: string, name: string): Promise<z.infer<typeof enrolledSchema>> {
    return enrolledSchema.parse(await askPlane(this.address, { method: 'POST', path: '/enrol', body: { code, name } }))
  }
}

export type { VerificationReport }

function unreadable(path: string, said: string): PlaneSilent {
  return new PlaneSilent(reasonOf('answer_unreadable', { path, said }))
}
