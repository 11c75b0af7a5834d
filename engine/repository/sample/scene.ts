import { constants } from 'node:fs'
import { chmod, lutimes, mkdir, open, rm, rmdir, symlink, utimes } from 'node:fs/promises'
import { fileNameToBytes } from '../../file-name.ts'

/** What stands at a path at one moment. */
export type Entry =
  | { readonly kind: 'file'; readonly content: string | Uint8Array; readonly mode: number; readonly modified: Date }
  | { readonly kind: 'link'; readonly target: string; readonly modified: Date }
  | { readonly kind: 'folder'; readonly mode: number; readonly modified: Date }

/** A machine's files at one moment, by path without a leading slash. Folders stand here only where they are special. */
export type Scene = ReadonlyMap<string, Entry>

export function files(modified: Date, contents: Readonly<Record<string, string | Uint8Array>>, mode = 0o644): Scene {
  const entries = Object.entries(contents)
  return new Map(entries.map(([path, content]) => [path, { kind: 'file', content, mode, modified }]))
}

export function links(modified: Date, targets: Readonly<Record<string, string>>): Scene {
  return new Map(Object.entries(targets).map(([path, target]) => [path, { kind: 'link', target, modified }]))
}

export function folders(modified: Date, modes: Readonly<Record<string, number>>): Scene {
  return new Map(Object.entries(modes).map(([path, mode]) => [path, { kind: 'folder', mode, modified }]))
}

/** Scenes laid over one another; what comes later wins. */
export function together(...scenes: readonly Scene[]): Scene {
  return new Map(scenes.flatMap((scene) => [...scene]))
}

/** The scene without what is at a path or below it. */
export function without(scene: Scene, ...paths: readonly string[]): Scene {
  return new Map([...scene].filter(([path]) => !paths.some((gone) => isWithin(path, gone))))
}

/** The scene with everything at or below one path standing at another. */
export function moved(scene: Scene, from: string, to: string): Scene {
  return new Map([...scene].map(([path, entry]) => [isWithin(path, from) ? to + path.slice(from.length) : path, entry]))
}

export interface Staging {
  readonly root: string
  /** What is there. */
  readonly from: Scene
  readonly to: Scene
  /** When things disappeared: the time of the folder they were in. */
  readonly moment: Date
}

/**
 * Turn the files below `root` from one scene into the next. Names that the file system cannot hold (some want UTF-8,
 * some allow fewer bytes) are left out and given back.
 */
export async function stage({ root, from, to, moment }: Staging): Promise<string[]> {
  const impossible: string[] = []
  const touched = new Map<string, Date>()
  const isNew = ([path, entry]: readonly [string, Entry]) => from.get(path) !== entry
  for (const path of deepestFirst([...from.keys()].filter((old) => !to.has(old)))) {
    touch(touched, await remove(root, path, to), moment)
  }
  for (const [path, entry] of [...to].filter(isNew)) {
    if (!(await write(root, path, entry))) impossible.push(path)
    else for (const folder of foldersOf(path)) touch(touched, folder, entry.modified)
  }
  // Only now: whatever happens in a folder changes its time.
  for (const [folder, modified] of touched) await settle(at(root, folder), modified)
  return impossible
}

async function write(root: string, path: string, entry: Entry): Promise<boolean> {
  const target = at(root, path)
  await mkdir(at(root, foldersOf(path)[0] ?? ''), { recursive: true })
  try {
    switch (entry.kind) {
      case 'file':
        await writeFileAt(target, entry)
        return true
      case 'link':
        await rm(target, { force: true })
        await symlink(fileNameToBytes(entry.target), target)
        await lutimes(target, entry.modified, entry.modified)
        return true
      case 'folder':
        await mkdir(target, { recursive: true })
        await chmod(target, entry.mode)
        await utimes(target, entry.modified, entry.modified)
        return true
    }
  } catch (error) {
    if (isRefusedName(error)) return false
    throw error
  }
}

/** A folder may be gone by then, with the last thing in it. */
async function settle(folder: Buffer, modified: Date): Promise<void> {
  await utimes(folder, modified, modified).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  })
}

async function writeFileAt(target: Buffer, entry: Extract<Entry, { kind: 'file' }>): Promise<void> {
  await using file = await open(target, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC)
  await file.writeFile(entry.content)
  await file.chmod(entry.mode)
  await file.utimes(entry.modified, entry.modified)
}

/**
 * Remove an entry and with it the folders that it leaves empty, but for those that stand in the next scene by
 * themselves. Answers the folder that is left.
 */
async function remove(root: string, path: string, next: Scene): Promise<string> {
  await rm(at(root, path), { force: true }).catch(() => removeIfEmpty(at(root, path)))
  for (const folder of foldersOf(path)) {
    if (next.has(folder) || !(await removeIfEmpty(at(root, folder)))) return folder
  }
  return ''
}

async function removeIfEmpty(folder: Buffer): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  )
}

function touch(touched: Map<string, Date>, folder: string, moment: Date): void {
  const before = touched.get(folder)
  if (folder !== '' && (!before || before < moment)) touched.set(folder, moment)
}

/** The folders on the way to a path, the nearest first. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('/'))
}

function deepestFirst(paths: readonly string[]): string[] {
  const depth = (path: string) => path.split('/').length
  return paths.toSorted((left, right) => depth(right) - depth(left))
}

function at(root: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), fileNameToBytes(path)])
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

function isRefusedName(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(EILSEQ|EINVAL|ENAMETOOLONG)$/.test(String(error.code))
}
