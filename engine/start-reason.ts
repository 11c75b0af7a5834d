import { Fault, writeFault } from '../contract/errors.ts'
import { type Reason, reasonIn, reasonOf } from '../contract/reasons.ts'

/** Why a program that the console carries in a thread of its own cannot start. */
export function startReason(error: unknown): Reason {
  if (!(error instanceof Fault)) return reasonIn(error)
  const { code, data } = writeFault(error)
  switch (code) {
    case 'unreachable':
      return { reason: data.reason, why: data.why }
    case 'version_mismatch':
      return reasonOf('data_newer', { version: data.theirs })
    case 'tool_missing':
      return reasonOf('tool_absent', { tool: data.tool, wanted: data.wanted })
    case 'conflict':
      return ofConflict(data.what, data.detail)
    default:
      return reasonOf('unforeseen', { said: code })
  }
}

function ofConflict(what: string, detail: string): Reason {
  switch (what) {
    case 'data_directory_in_use':
      return reasonOf('data_in_use', { path: detail })
    case 'cannot_listen':
      return reasonOf('cannot_listen', { place: detail })
    case 'secrets_key_mismatch':
      return reasonOf('sealed_otherwise', { path: detail })
    case 'journal_damaged':
      return reasonOf('journal_damaged', { path: detail })
    case 'secrets_file_damaged':
    case 'secrets_key_damaged':
    case 'identity_damaged':
      return reasonOf('data_damaged', { path: detail })
    default:
      return reasonOf('unforeseen', { said: `${what}: ${detail}` })
  }
}
