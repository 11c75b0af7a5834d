import { type Reason, ReasonedError, reasonOf } from './reasons.ts'

/** Why a place of the network could not be asked, from what Node says of it. */
export function networkReason(error: unknown, place: string): Reason {
  if (error instanceof ReasonedError) return error.reason
  // Node tries each of a name's addresses, and gathers what they said.
  const first: unknown = error instanceof Error && 'errors' in error ? [error.errors].flat()[0] : error
  const code = codeOf(first) || codeOf(error)
  if (nameOf(first) === 'TimeoutError' || code === 'ABORT_ERR') return reasonOf('no_answer', { place })
  const known = ofCode(code, place)
  if (known !== undefined) return known
  if (isMistrust(code)) return reasonOf('certificate_untrusted', { place, said: code })
  if (/^(EPROTO|ERR_SSL|ERR_TLS|HPE_)/.test(code)) return reasonOf('not_understood', { place, said: code })
  return failed(first)
}

/** Whether it is about whom to trust. */
export function isMistrust(code: string): boolean {
  return /^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_VERIFY|UNABLE_TO_GET|CERT_)/.test(code)
}

/** What an error of Node's is known by; empty where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function ofCode(code: string, place: string): Reason | undefined {
  switch (code) {
    case 'ETIMEDOUT':
      return reasonOf('no_answer', { place })
    case 'ECONNREFUSED':
      return reasonOf('nothing_listens', { place })
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return reasonOf('name_unknown', { place })
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return reasonOf('no_way', { place })
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return reasonOf('hung_up', { place })
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return reasonOf('certificate_other_name', { place })
    default:
      return undefined
  }
}

function failed(error: unknown): Reason {
  const said = error instanceof Error ? error.message : String(error)
  return said === '' ? reasonOf('connection_broke') : reasonOf('connection_failed', { said })
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}
