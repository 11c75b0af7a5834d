import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Fault } from '../../contract/errors.ts'
import type { Selection, Target } from '../../contract/shapes/restore.ts'
import type { TreeReader } from '../repository/tree-reader.ts'
import { faultOf } from '../restic/fault.ts'
import { placeOf, type ResticRepository } from '../restic/repository.ts'
import { type RestorePass, restore } from '../restic/restore.ts'
import { Directories, pathNotFound } from './directories.ts'
import { ExpectedItems } from './expected-items.ts'
import { compileSelection } from './selection.ts'

export interface RestoreQuestion {
  readonly repository: ResticRepository
  readonly reader: Pick<TreeReader, 'list'>
  readonly snapshot: { readonly id: string; readonly treeId: string }
  readonly selection: Selection
  /** As it was asked for. Only part of the hash: planning looks at no target. */
  readonly target: Target
  readonly signal?: AbortSignal
}

/** What a restore will do, and what must be found afterwards. */
export interface PreparedRestore {
  readonly passes: readonly RestorePass[]
  /** What holds nothing else: files, links, pipes, devices, and empty folders. */
  readonly files: number
  readonly bytes: number
  /** SHA-256, hexadecimal, over snapshot, selection, target as asked for, and totals: a plan and its run have the same. */
  readonly hash: string
  readonly expected: ExpectedItems
}

/**
 * Find out what a restore would do, from restic's own dry run of the very passes it would make. Writes nothing, neither
 * on this host nor in the repository. Throws `not_found` (path) for a selected path that the snapshot does not have,
 * `invalid_input` when nothing of what is selected can be restored, `cancelled`, and what opening a repository throws.
 */
export async function planRestore(question: RestoreQuestion): Promise<PreparedRestore> {
  const { snapshot, reader, selection, signal } = question
  const directories = new Directories({ treeId: snapshot.treeId, reader, ...(signal === undefined ? {} : { signal }) })
  const passes = await compileSelection(selection, directories)
  const expected = new ExpectedItems()
  for (const pass of passes) await preview(question, { pass, expected, directories })
  if (expected.files === 0) throw nothingSelected()
  const { files, bytes } = expected
  return { passes, files, bytes, hash: hashOf(question, expected), expected }
}

interface Preview {
  readonly pass: RestorePass
  readonly expected: ExpectedItems
  readonly directories: Directories
}

async function preview(question: RestoreQuestion, { pass, expected, directories }: Preview): Promise<void> {
  const items: { path: string; size: number }[] = []
  let errors = 0
  const end = await restore(question.repository, {
    snapshotId: question.snapshot.id,
    targetPath: join(tmpdir(), `restore-preview-${crypto.randomUUID()}`),
    pass,
    mode: 'preview',
    ...(question.signal === undefined ? {} : { signal: question.signal }),
    onLine: (line) => {
      if (line.type === 'item') items.push(line)
      if (line.type === 'error') errors++
    },
  })
  // A directory that cannot be read is not the end: the rest can be restored, and the run will name what cannot.
  const readable = end.exitCode === 0 || (end.exitCode === 1 && errors > 0 && items.length > 0)
  if (end.stopped || !readable) throw faultOf(end, { place: placeOf(question.repository.access.url) })
  expected.add(items)
  if (pass.kind === 'include' && errors === 0) await requireAll(pass.paths, { items, directories })
}

/** restic calls it a success when a pattern matches nothing. */
async function requireAll(
  paths: readonly string[],
  { items, directories }: { readonly items: readonly { path: string }[]; readonly directories: Directories },
): Promise<void> {
  const matched = new Set(items.map((item) => item.path))
  for (const path of paths) {
    // A socket is there and cannot be restored.
    if (!matched.has(path.toWellFormed()) && !(await directories.has(path))) throw pathNotFound(path)
  }
}

function nothingSelected(): Fault<'invalid_input'> {
  const message = 'Nothing of what is selected can be restored.'
  return new Fault('invalid_input', { issues: [{ path: ['selection'], message }] })
}

function hashOf({ snapshot, selection, target }: RestoreQuestion, found: ExpectedItems): string {
  const asked = [snapshot.id, selection.include.toSorted(), selection.exclude.toSorted(), target]
  return createHash('sha256')
    .update(JSON.stringify([...asked, found.files, found.bytes]))
    .digest('hex')
}
