import { Fault, writeFault } from '../../contract/errors.ts'
import { type Issue, issueOf } from '../../contract/refusals.ts'
import { DamagedFile, NotReadable } from '../../engine/repository/native/damaged-file.ts'

/** Why a repository could not be read, for an operator. No credential is in it. */
export function readingSentence(error: unknown): string {
  return readingIssues(error)
    .map(({ message }) => message)
    .join(' ')
}

/** The same by its codes, where somebody entered what it was to be read with. */
export function readingIssues(error: unknown): Issue[] {
  if (error instanceof Error && error.name === 'TimeoutError') return [issueOf(PATH, 'group_no_answer')]
  if (!(error instanceof Fault)) return [unreadable(reasonOf(error))]
  const { code, data } = writeFault(error)
  switch (code) {
    case 'wrong_password':
      return [issueOf(PATH, 'group_password')]
    case 'unauthenticated':
      return [issueOf(PATH, 'group_credentials')]
    case 'repository_not_initialised':
      return [issueOf(PATH, 'group_absent')]
    case 'unreachable':
      return [issueOf(PATH, 'group_unreachable', { host: data.host, reason: data.reason })]
    case 'invalid_input':
      return data.issues
    case 'conflict':
      if (data.what === 'key_excessive') {
        return [unreadable(`A key of it, ${data.detail}, would take more memory or time than is reasonable.`)]
      }
      return [issueOf(PATH, data.what === 'secrets_key_mismatch' ? 'group_other_key' : 'group_damaged')]
    default:
      return [unreadable(code)]
  }
}

const PATH = ['access']

function unreadable(reason: string): Issue {
  return issueOf(PATH, 'group_unreadable', { reason })
}

/** Whether looking again would say the same until somebody does something. */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof Fault)) return error instanceof NotReadable
  return ['wrong_password', 'unauthenticated', 'repository_not_initialised', 'conflict', 'version_mismatch'].includes(
    error.code,
  )
}

function reasonOf(error: unknown): string {
  if (error instanceof DamagedFile || error instanceof NotReadable) return `${error.message}.`
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
