import { mkdir, realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Fault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { localPathOf, type ResticRepository } from '../../engine/restic/repository.ts'
import { FolderRefused, makeFolderInUnit } from '../sandbox/folder-in-unit.ts'
import { scratchFolder } from '../sandbox/scratch-folder.ts'
import { type AsUnit, UNIT_PREFIX } from '../sandbox/transient-unit.ts'

/** Milliseconds that restic has to heed a signal, in a unit as elsewhere. */
const GRACE = 10_000
/** By then systemd has killed it, and whoever waits for it has ended; within what the agent's own stop may take. */
const ASKER_GRACE = 15_000

/** What is written to: a repository that is not there yet, all of one, or the locks in it. */
export type Written = 'new' | 'all' | 'locks'

/** A repository whose restic may write to it, for as long as the run takes. */
export interface Writing extends AsyncDisposable {
  readonly repository: ResticRepository
  /** For the run's log: where restic can write. Null where it has the agent's rights. */
  readonly remark: string | null
}

/**
 * Let restic write to a repository in a folder of this host, where the agent itself may not: in a unit that can write to that
 * repository, to restic's cache and to a scratch folder made for it, and nowhere else. `asUnit` null is for an agent
 * that is not confined; that one, and a repository elsewhere, need nothing of it. Throws `unreachable` where there can be
 * no such folder, and what `writablePath` throws.
 */
export async function openForWriting(
  asUnit: AsUnit | null,
  repository: ResticRepository,
  { runId, written }: { readonly runId: string; readonly written: Written },
): Promise<Writing> {
  const local = localPathOf(repository.access.url)
  if (asUnit === null || local === undefined) return asItIs(repository)
  if (written === 'new') await makeFolder(asUnit, { runId, path: resolve(local) })
  const part = written === 'locks' ? join(local, 'locks') : local
  const place = await realpath(resolve(part)).catch(() => undefined)
  // restic itself says best what is wrong with a repository that is not there.
  if (place === undefined) return asItIs(repository)
  await mkdir(repository.cacheDirectory, { recursive: true, mode: 0o700 })
  const cache = await realpath(repository.cacheDirectory)
  const scratch = await scratchFolder()
  const confines = { runId, writablePaths: [place, cache, scratch.path], graceMilliseconds: GRACE }
  const places = [place, cache].map(showFileName).join(', ')
  return {
    repository: {
      ...repository,
      startAs: (program) => ({
        ...asUnit({ ...program, env: { ...program.env, TMPDIR: scratch.path } }, confines),
        graceMilliseconds: ASKER_GRACE,
      }),
    },
    remark: `restic runs in the unit ${UNIT_PREFIX}${runId}, and can write to nothing but ${places} and scratch files.`,
    [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose](),
  }
}

function asItIs(repository: ResticRepository): Writing {
  return { repository, remark: null, [Symbol.asyncDispose]: async () => undefined }
}

async function makeFolder(asUnit: AsUnit, wanted: { readonly runId: string; readonly path: string }): Promise<void> {
  try {
    await makeFolderInUnit(asUnit, wanted)
  } catch (cause) {
    if (!(cause instanceof FolderRefused)) throw cause
    throw new Fault('unreachable', { host: showFileName(wanted.path), ...cause.reason }, { cause })
  }
}
