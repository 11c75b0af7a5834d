import { Fault, writeFault } from '../contract/errors.ts'

/** What went wrong with a control plane, in one line for whoever started it. */
export function sentenceOf(error: unknown): string {
  const text = error instanceof Fault ? sentenceOfFault(error) : error instanceof Error ? error.message : String(error)
  return text.trim().replaceAll(/\s*\n\s*/g, ' ')
}

function sentenceOfFault(fault: Fault): string {
  const { code, data } = writeFault(fault)
  if (code === 'version_mismatch') return `A newer version has written this control plane's data (${data.theirs}).`
  if (code === 'unreachable') return `${data.host} cannot be reached: ${data.reason}`
  return code === 'conflict' ? sentenceOfConflict(data.what, data.detail) : code
}

function sentenceOfConflict(what: string, detail: string): string {
  switch (what) {
    case 'data_directory_in_use':
      return `Another control plane is using ${detail}.`
    case 'open_to_others':
      return `${detail} is open to other users. Take their rights away: chmod 700 ${detail}`
    case 'readable_by_others':
      return `${detail} can be read by other users, so what is in it may be known. Remove it; a new one is made.`
    case 'identity_damaged':
    case 'secrets_key_damaged':
      return `${detail} is damaged. Put it back from a backup.`
    case 'secrets_key_missing':
      return `${detail} is missing, and there are passwords that it alone opens. Put it back from a backup.`
    case 'cannot_listen':
      return `It cannot listen at ${detail}.`
    case 'needs_tls':
      return `Operators are not listened to at ${detail} without TLS.`
    default:
      return `${what}: ${detail}`
  }
}
