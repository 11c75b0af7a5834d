import { z } from 'zod'
import type { ResticRepository } from './repository.ts'
import { askRestic } from './run-restic.ts'

const sizeSchema = z.object({ total_size: z.number().nonnegative(), total_file_count: z.number().int().nonnegative() })

/** Bytes and files that a snapshot comes to when it is restored. Reads all of its trees. Throws what `completeRestic` throws. */
export async function restoreSize(
  repository: ResticRepository,
  snapshotId: string,
  options: { readonly signal?: AbortSignal },
): Promise<{ readonly bytes: number; readonly files: number }> {
  const { total_size: bytes, total_file_count: files } = await askRestic(
    repository,
    {
      args: ['stats', '--json', '--no-lock', '--mode', 'restore-size', snapshotId],
      parse: (stdout) => sizeSchema.parse(JSON.parse(stdout)),
    },
    options,
  )
  return { bytes, files }
}
