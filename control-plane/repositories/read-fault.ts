import { Fault, writeFault } from '../../contract/errors.ts'
import { DamagedFile, NotReadable } from '../../engine/repository/native/damaged-file.ts'

/** Why a repository could not be read, for an operator. No credential is in it. */
export function readingSentence(error: unknown): string {
  if (error instanceof DamagedFile || error instanceof NotReadable) return `It cannot be read: ${error.message}.`
  if (error instanceof Error && error.name === 'TimeoutError') return 'It did not answer in time.'
  if (!(error instanceof Fault)) return `It cannot be read: ${wordsOf(error)}`
  const { code, data } = writeFault(error)
  switch (code) {
    case 'wrong_password':
      return 'The password does not open this repository.'
    case 'unauthenticated':
      return "The repository's server refused the user name or the password."
    case 'repository_not_initialised':
      return 'There is no repository at this address.'
    case 'unreachable':
      return `${data.host} cannot be reached: ${data.reason}`
    case 'invalid_input':
      return data.issues.map(({ message }) => message).join(' ')
    case 'conflict':
      return data.what === 'secrets_key_mismatch'
        ? "What it is read with was sealed with another key than this plane's."
        : 'What it is read with is damaged: connect the group again.'
    default:
      return `It cannot be read: ${code}`
  }
}

/** Whether looking again would say the same until somebody does something. */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof Fault)) return error instanceof NotReadable
  return ['wrong_password', 'unauthenticated', 'repository_not_initialised', 'conflict', 'version_mismatch'].includes(
    error.code,
  )
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
