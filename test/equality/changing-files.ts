import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import { HOSTILE_NAMES } from '../hostile-names.ts'
import { noise } from '../noise.ts'
import { backUp } from '../restic.ts'

const FOLDERS = 12
const FILES_A_FOLDER = 7
const CHANGES_A_DAY = 25
/** Larger than a piece, so that a file has several. */
const LARGE = 3 * 2 ** 20

/** Numbers that look random and are the same each time (mulberry32). */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** Changes of every kind to a folder's files, of whatever names, the same for the same seed. */
export class ChangingFiles {
  readonly #root: Buffer
  readonly #number: (below: number) => number
  #made = 0

  constructor(root: string, seed: number) {
    this.#root = Buffer.from(root)
    this.#number = numbersFrom(seed)
  }

  begin(): void {
    mkdirSync(this.#root, { recursive: true })
    for (let at = 0; at < FOLDERS; at += 1) {
      const folder = join(this.#root, Buffer.from(`folder-${at % 4}/part-${at}`))
      mkdirSync(folder, { recursive: true })
      for (let file = 0; file < FILES_A_FOLDER; file += 1) writeFileSync(join(folder, this.#name()), `${at} ${file}`)
    }
    const odd = join(this.#root, Buffer.from('odd'))
    mkdirSync(odd)
    for (const name of HOSTILE_NAMES) writeFileSync(join(odd, name), 'odd')
    writeFileSync(join(this.#root, Buffer.from('large')), noise(1, LARGE))
  }

  /** One day's changes. */
  go(): void {
    for (let change = 0; change < CHANGES_A_DAY; change += 1) this.#change(this.#pick())
  }

  #change(path: Buffer): void {
    const stat = lstatSync(path)
    switch (this.#number(10)) {
      case 0:
        return rmSync(path, { recursive: true })
      case 1:
        return this.#move(path, stat.isDirectory())
      case 2:
        return this.#retype(path)
      case 3:
        return stat.isSymbolicLink() ? undefined : chmodSync(path, stat.isDirectory() ? 0o750 : 0o600 + this.#number(8))
      case 4:
        return stat.isSymbolicLink() ? undefined : utimesSync(path, this.#number(9999), 1_700_000_000 + this.#number(9))
      case 5:
        return this.#add(path, stat.isDirectory())
      case 6:
        return stat.isFile() ? linkSync(path, this.#beside(path)) : undefined
      default:
        if (stat.isFile()) writeFileSync(path, `anew ${this.#number(1000)}`)
    }
  }

  #move(path: Buffer, isFolder: boolean): void {
    const to = isFolder || this.#number(2) === 0 ? this.#beside(path) : join(this.#folder(), this.#name())
    renameSync(path, to)
  }

  #retype(path: Buffer): void {
    rmSync(path, { recursive: true })
    const kind = this.#number(3)
    if (kind === 0) writeFileSync(path, 'a file now')
    if (kind === 1) symlinkSync(Buffer.from(`to ${this.#number(50)} \xe9`, 'latin1'), path)
    if (kind === 2) {
      mkdirSync(path)
      writeFileSync(join(path, this.#name()), 'in what was something else')
    }
  }

  #add(path: Buffer, isFolder: boolean): void {
    if (!isFolder) return
    const folder = join(path, this.#name())
    mkdirSync(folder)
    writeFileSync(join(folder, this.#name()), `new ${this.#number(1000)}`)
  }

  #beside(path: Buffer): Buffer {
    return join(path.subarray(0, path.lastIndexOf('/')), this.#name())
  }

  /** A name that nothing has yet; now and then one that is not UTF-8. */
  #name(): Buffer {
    this.#made += 1
    return Buffer.from(this.#number(4) === 0 ? `n\xe9${this.#made}\xff` : `name ${this.#made}`, 'latin1')
  }

  #pick(): Buffer {
    const all = this.#all()
    return all[this.#number(all.length)] ?? this.#root
  }

  #folder(): Buffer {
    const folders = this.#all().filter((path) => lstatSync(path).isDirectory())
    return folders[this.#number(folders.length)] ?? this.#root
  }

  /** In an order that does not depend on the file system's. */
  #all(): Buffer[] {
    const found: Buffer[] = []
    const visit = (folder: Buffer): void => {
      for (const name of readdirSync(folder, { encoding: 'buffer' }).toSorted(Buffer.compare)) {
        const path = join(folder, name)
        found.push(path)
        if (lstatSync(path).isDirectory()) visit(path)
      }
    }
    visit(this.#root)
    return found
  }
}

/** Back up a folder day after day while it changes in every way; the snapshots, oldest first. */
export async function backUpDays(
  repository: ResticRepository,
  source: string,
  { days, seed }: { readonly days: number; readonly seed: number },
): Promise<{ readonly snapshotId: string; readonly treeId: string }[]> {
  const files = new ChangingFiles(source, seed)
  files.begin()
  const snapshots = [await backUp(repository, source)]
  while (snapshots.length < days) {
    files.go()
    snapshots.push(await backUp(repository, source))
  }
  return snapshots
}

function join(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, Buffer.from('/'), name])
}
