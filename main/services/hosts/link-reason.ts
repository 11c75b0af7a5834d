import { Fault } from '../../../contract/errors.ts'

/** Why a host's agent cannot be used, in a sentence for the operator. */
export function reasonOf(error: unknown): string {
  if (error instanceof Fault) return faultReason(error)
  return error instanceof Error ? error.message : String(error)
}

function faultReason(fault: Fault): string {
  const conflicts: Readonly<Record<string, string>> = {
    data_directory_in_use: 'Another process uses the data of this agent.',
    secrets_key_mismatch: 'The credentials of this agent were locked with a key that the console does not have.',
    secrets_file_damaged: 'The file with the credentials of this agent is damaged.',
    secrets_damaged: 'The file with the secrets of this console is damaged.',
  }
  if ('what' in fault.data && fault.data.what in conflicts) return conflicts[fault.data.what] ?? fault.code
  if (fault.code === 'version_mismatch') return 'The agent and this console are of versions that do not fit.'
  if (fault.code === 'forbidden') return 'The console’s secrets are not open.'
  return `The agent answered ${fault.code}.`
}
