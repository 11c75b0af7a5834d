import { Fault } from '../contract/errors.ts'
import { PlaneRefusal, PlaneSilent } from './plane/ask-plane.ts'

/** What went wrong, in one line for a terminal or a screen: what is so, and where it helps the next step. */
export function sentenceOf(error: unknown): string {
  if (error instanceof PlaneRefusal) return `The control plane refused: ${error.message}`
  if (error instanceof PlaneSilent) return `The control plane does not answer: ${error.message} Is the address right?`
  if (!(error instanceof Fault)) return error instanceof Error ? error.message : String(error)
  const { code, data } = error
  if (code === 'not_found' && 'id' in data && 'what' in data && data.what === 'user') {
    return `There is no user ${data.id} on this machine. Say with --user who is to run what comes near restored data.`
  }
  if (code === 'not_found') {
    return 'This consumer is enrolled nowhere. Make a code on the control plane and write "restore-consumer enrol URL CODE --pin PIN".'
  }
  if (code === 'conflict' && 'what' in data && data.what === 'another_key') {
    return `Somebody else answers at this address: its key is ${'detail' in data ? data.detail : ''}, and not the one of the pin.`
  }
  if (code === 'conflict' && 'what' in data && data.what === 'data_directory_in_use') {
    return 'Another consumer works with this data directory. Stop it, or give this one a folder of its own.'
  }
  if (code === 'tool_missing')
    return 'restic 0.17.1 or newer is not installed. Install it, or say where it is with --restic.'
  if (code === 'unreachable' && 'reason' in data) return `The control plane cannot be reached: ${data.reason}`
  return `${code}: ${JSON.stringify(data)}`
}
