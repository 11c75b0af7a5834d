import { isFault } from '../contract/errors.ts'

/** Why the console could not start, and what to do about it, in a sentence or two: it is before there is a window, and in English. */
export function startFailure(error: unknown): string {
  if (isFault(error, 'conflict')) return conflictWords(error.data.what, error.data.detail)
  if (isFault(error, 'version_mismatch')) return 'A newer console wrote this data directory. Use that one.'
  if (isFault(error, 'wrong_password'))
    return 'The passphrase does not open the secrets file. Start again with the one that was chosen for it.'
  if (isFault(error, 'invalid_input')) return error.data.issues.map(({ message }) => message).join(' ')
  return error instanceof Error ? error.message : String(error)
}

function conflictWords(what: string, detail: string): string {
  if (what === 'data_directory_in_use')
    return `Another console uses this data directory: ${detail}. Close that one, or start this one with another --data-dir.`
  return `The ${detail} is not as it was written. Put it back from a backup of the console’s data folder, then start again.`
}
