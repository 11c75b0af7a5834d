import type { ResticRepository } from './repository.ts'
import { completeRestic } from './run-restic.ts'

export interface InitialiseOptions {
  readonly signal?: AbortSignal
  /** What restic says meanwhile, for a log. */
  readonly onLine?: (line: string) => void
}

/** Create the repository. Throws `tool_failed` when one is there, and what `completeRestic` throws. */
export async function initialise(repository: ResticRepository, options: InitialiseOptions): Promise<void> {
  const { onLine, signal } = options
  await completeRestic(repository, {
    args: ['init'],
    ...(signal ? { signal } : {}),
    ...(onLine ? { onStdoutLine: onLine, onStderrLine: onLine } : {}),
  })
}
