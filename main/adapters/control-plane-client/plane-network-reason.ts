import { codeOf, isMistrust, networkReason } from '../../../contract/network-reason.ts'
import { type Reason, reasonOf } from '../../../contract/reasons.ts'

/** Why a plane could not be asked. */
export function reasonFor(error: unknown, place: string): Reason {
  const said = codeOf(error)
  return isMistrust(said) ? reasonOf('certificate_unpinned', { place, said }) : networkReason(error, place)
}
