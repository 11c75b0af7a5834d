import { Fault } from '../../../contract/errors.ts'

/** Why a host's agent cannot be used, in a sentence for the operator. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Fault)) return error instanceof Error ? error.message : String(error)
  if (error.code === 'version_mismatch') return 'The agent and this console are of versions that do not fit.'
  if (error.code === 'forbidden') return 'The console’s secrets are not open.'
  return `The agent answered ${error.code}.`
}
