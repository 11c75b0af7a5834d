import { Fault } from '../../contract/errors.ts'
import { faultOf } from './fault.ts'
import { placeOf, type ResticRepository } from './repository.ts'
import { runRestic } from './run-restic.ts'

const LARGEST_BLOB = 1024 * 1024 * 1024

/**
 * A blob's plain bytes by its id: a piece of a file, or a directory's stored listing. No lock is taken. Throws
 * `not_found` (`blob`) and what `completeRestic` throws.
 */
export async function readBlob(
  repository: ResticRepository,
  id: string,
  options: { readonly signal?: AbortSignal },
): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  const end = await runRestic(repository, {
    ...options,
    args: ['cat', 'blob', id, '--no-lock'],
    onStdoutBytes: (chunk) => {
      length += chunk.length
      if (length > LARGEST_BLOB) throw tooLarge(id)
      chunks.push(chunk)
    },
  })
  if (end.exitCode === 0 && !end.stopped) return Buffer.concat(chunks)
  if (/blob not found/.test(end.stderrTail)) throw new Fault('not_found', { what: 'blob', id })
  throw faultOf(end, { place: placeOf(repository.access.url) })
}

function tooLarge(id: string): Fault {
  return new Fault('tool_failed', {
    tool: 'restic',
    exitCode: null,
    stderrTail: `The blob ${id} is larger than 1 GiB.`,
  })
}
