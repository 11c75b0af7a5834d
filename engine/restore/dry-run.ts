import { faultOf } from '../restic/fault.ts'
import { placeOf, type ResticRepository } from '../restic/repository.ts'
import { callRestic } from './call-restic.ts'
import { joined } from './paths.ts'
import type { RestorePass } from './restore-pass.ts'

/** What restic's dry run said of all files that it prints with one path: so many hold the snapshot's content. */
export interface Said {
  same: number
  other: number
}

export interface DryRun {
  readonly pass: RestorePass
  /** The target as a whole. */
  readonly targetPath: string
  readonly signal?: AbortSignal | undefined
}

/**
 * Have restic compare what is there with the snapshot, by snapshot path with U+FFFD for each byte that is not UTF-8. Empty
 * files, and further names of a file, are not among them. Writes nothing and takes no lock. Throws what opening a repository
 * throws, and `cancelled`.
 */
export async function dryRun(
  repository: ResticRepository,
  { pass, targetPath, signal }: DryRun,
): Promise<Map<string, Said>> {
  const said = new Map<string, Said>()
  let errors = 0
  const end = await callRestic(repository, pass, {
    targetPath: joined(targetPath, pass.folder),
    mode: 'preview',
    privileged: false,
    verify: false,
    signal,
    onLine: (line) => {
      if (line.type === 'error') errors += 1
      // restic says "restored", of no size, of every further name of a file, and of folders.
      if (line.type !== 'item' || line.size === 0) return
      const path = joined(pass.base, line.path).toWellFormed()
      const sofar = said.get(path) ?? { same: 0, other: 0 }
      if (line.action === 'unchanged') sofar.same += 1
      else sofar.other += 1
      said.set(path, sofar)
    },
  })
  // A directory that cannot be read is not the end: the run will name what cannot be restored.
  const readable = end.exitCode === 0 || (end.exitCode === 1 && errors > 0)
  if (end.stopped || !readable) throw faultOf(end, { place: placeOf(repository.access.url) })
  return said
}
