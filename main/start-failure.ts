import { isFault } from '../contract/errors.ts'

/** Why the console could not start, in a sentence. */
export function startFailure(error: unknown): string {
  if (isFault(error, 'conflict') && error.data.what === 'data_directory_in_use') {
    return `Another console uses this data directory: ${error.data.detail}.`
  }
  if (isFault(error, 'conflict')) return `The ${error.data.detail} is not as it was written.`
  if (isFault(error, 'version_mismatch')) return 'A newer console wrote this data directory. Use that one.'
  if (isFault(error, 'wrong_password')) return 'The passphrase does not open the secrets file.'
  if (isFault(error, 'invalid_input')) return error.data.issues.map(({ message }) => message).join(' ')
  return error instanceof Error ? error.message : String(error)
}
