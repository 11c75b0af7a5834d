import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Random, randomFrom } from './random.ts'

/** How large a machine's files are: `teams` × `projects` × `folders` folders of ten files, and folders of one kind alone. */
export interface SourceSize {
  readonly teams: number
  readonly projects: number
  readonly folders: number
  /** Entries of each of the two large folders. */
  readonly large: number
  /** Files changed, added, removed … between two snapshots. */
  readonly changes: number
  readonly snapshots: number
}

export const SIZES = {
  quick: { teams: 10, projects: 20, folders: 10, large: 1_000, changes: 60, snapshots: 5 },
  full: { teams: 30, projects: 50, folders: 20, large: 20_000, changes: 350, snapshots: 20 },
} as const satisfies Readonly<Record<string, SourceSize>>

const FILES_IN_A_FOLDER = 10
const ENDINGS = ['txt', 'json', 'log', 'ts', 'md', 'csv', 'xml', 'conf', 'sql', 'png']
const WORDS =
  'report invoice draft meeting notes config build index main schema backup archive summary budget plan photo export module'.split(
    ' ',
  )
const FIRST_DAY = 1_735_689_600
const DAY = 86_400

/** Write the first state, the same on every machine. */
export function createSource(directory: string, size: SourceSize): void {
  const random = randomFrom(42)
  for (const folder of foldersOf(size)) {
    mkdirSync(join(directory, folder), { recursive: true })
    for (let at = 0; at < FILES_IN_A_FOLDER; at += 1) {
      const name = `${random.one(WORDS)}-${random.one(WORDS)}-${two(at)}.${ENDINGS[at]}`
      put(join(directory, folder, name), random, FIRST_DAY + random.below(30_000_000))
    }
  }
  mkdirSync(join(directory, 'home/mail'), { recursive: true })
  mkdirSync(join(directory, 'home/photos'), { recursive: true })
  for (let at = 0; at < size.large; at += 1) {
    put(
      join(directory, 'home/mail', `${1_700_000_000 + at * 37}.M${at}P${at % 9973}.mail.example.org,S=${at}:2,S`),
      random,
    )
    put(join(directory, 'home/photos', `IMG_${String(at).padStart(5, '0')}.JPG`), random)
  }
}

/** Change what changes from one night to the next; `step` counts from 1. */
export function changeSource(directory: string, size: SourceSize, step: number): void {
  const random = randomFrom(1000 + step)
  const moment = FIRST_DAY + 31_536_000 + DAY * step
  const folders = foldersOf(size).map((folder) => join(directory, folder))
  const each = (share: number, change: (folder: string, at: number) => void): void => {
    for (let at = 0; at < size.changes * share; at += 1) {
      const folder = random.one(folders)
      if (existsSync(folder)) change(folder, at)
    }
  }
  const anyOf = (folder: string): string => join(folder, random.one(readdirSync(folder).toSorted()))
  each(0.4, (folder) => put(anyOf(folder), random, moment - random.below(DAY)))
  each(0.3, (folder, at) => put(join(folder, `new-${two(step)}-${at}.txt`), random, moment))
  each(0.15, (folder) => {
    if (readdirSync(folder).length > 1) unlinkSync(anyOf(folder))
  })
  each(0.01, (folder) => renameSync(folder, `${folder}-renamed${two(step)}`))
  each(0.08, (folder) => chmodSync(anyOf(folder), 0o640))
  for (let at = 0; at < size.changes * 0.06; at += 1) {
    put(
      join(directory, 'home/mail', `${1_800_000_000 + step * 100 + at}.M${step}P${at}.mail.example.org,S=1:2,`),
      random,
    )
  }
}

/** The folders of the first state that hold files, from the source. */
export function foldersOf({ teams, projects, folders }: SourceSize): string[] {
  return Array.from({ length: teams * projects * folders }, (_, at) => {
    const folder = at % folders
    const project = Math.floor(at / folders) % projects
    const team = Math.floor(at / folders / projects)
    return `srv/team-${two(team)}/project-${String(project).padStart(3, '0')}/dir-${two(folder)}`
  })
}

function put(path: string, random: Random, seconds = FIRST_DAY): void {
  const words = Array.from({ length: 1 + random.below(80) }, () => random.one(WORDS)).join(' ')
  writeFileSync(path, `${random.below(2 ** 32)}-${random.below(2 ** 32)}\n${words}\n`)
  utimesSync(path, seconds, seconds)
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
