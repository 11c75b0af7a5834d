import { join } from 'node:path'
import { z } from 'zod'
import { Fault } from '../contract/errors.ts'
import { openIdentity } from '../engine/identity/identity.ts'
import { readPrivateFile, replacePrivateFile } from '../engine/sealed/private-file.ts'
import { certificateOf } from './plane/certificate.ts'
import { Plane } from './plane/plane.ts'

const planeSchema = z.object({
  url: z.url(),
  /** PEM; null where an authority signed it. */
  trusted: z.string().nullable(),
  deviceId: z.string(),
  name: z.string(),
})
/** The plane that this consumer belongs to. */
export type EnrolledPlane = z.infer<typeof planeSchema>

const fileOf = (dataDirectory: string): string => join(dataDirectory, 'plane.json')

export interface Invitation {
  readonly url: string
  /** Null where the plane's certificate is signed by an authority. */
  readonly pin: string | null
  readonly code: string
  readonly name: string
}

/** Become a consumer of a plane with a one-time code. Throws `unreachable`, `conflict`; what `askPlane` throws. */
export async function enrol(dataDirectory: string, { url, pin, code, name }: Invitation): Promise<EnrolledPlane> {
  const { key, certificate } = await openIdentity(dataDirectory)
  const trusted = pin === null ? null : await certificateOf(url, pin)
  const { device_id: deviceId, name: called } = await new Plane({ url, key, certificate, trusted }).enrol(code, name)
  return remember(dataDirectory, { url, trusted, deviceId, name: called })
}

/** Belong to a plane that knows this consumer's certificate already, as a Canopy does. */
export function remember(dataDirectory: string, plane: EnrolledPlane): EnrolledPlane {
  replacePrivateFile(fileOf(dataDirectory), Buffer.from(`${JSON.stringify(plane, null, 2)}\n`))
  return plane
}

/** The plane that was enrolled with. Throws `not_found` (`plane`) before that. */
export function enrolledWith(dataDirectory: string): EnrolledPlane {
  const bytes = readPrivateFile(fileOf(dataDirectory))
  if (bytes === undefined) throw new Fault('not_found', { what: 'plane', id: dataDirectory })
  return planeSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
}

/** The way to it, with this consumer's certificate. Throws `not_found` (`plane`). */
export async function openPlane(dataDirectory: string): Promise<Plane> {
  const { url, trusted } = enrolledWith(dataDirectory)
  const { key, certificate } = await openIdentity(dataDirectory)
  return new Plane({ url, key, certificate, trusted })
}
