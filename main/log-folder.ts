import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { redact } from './redact.ts'

/** Bytes after which a new file is begun, and how many older ones are kept. */
const LARGEST = 5 << 20
const OLDER = 3
/** Reports of crashes that are kept. */
const REPORTS = 20

/** Where a console writes what its operators may want to read: `logs/console.log`, and `crashes/` beside it. */
export interface LogFolder {
  readonly directory: string
  readonly crashDirectory: string
  /** Lines of the log, in the order in which they come. */
  write(line: string): void
  /** Why a process of the console ended badly: redacted, in a file of its own. */
  report(what: string, detail: string, at: Date): void
}

/** Open the folder, for its user alone. What cannot be written is left out: a full disk ends no restore. */
export function openLogFolder(dataDirectory: string, largest = LARGEST): LogFolder {
  const directory = join(dataDirectory, 'logs')
  const crashDirectory = join(dataDirectory, 'crashes')
  for (const folder of [directory, crashDirectory]) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(directory, 'console.log')
  let size = sizeOf(file)
  return {
    directory,
    crashDirectory,
    write(line) {
      attempt(() => {
        if (size > 0 && size + Buffer.byteLength(line) > largest) {
          turnOver(file)
          size = 0
        }
        appendFileSync(file, line, { mode: 0o600 })
        size += Buffer.byteLength(line)
      })
    },
    report(what, detail, at) {
      attempt(() => {
        const name = `${at.toISOString().replaceAll(':', '-')}-${what.replaceAll(/[^a-z0-9]+/gi, '-')}.txt`
        writeFileSync(join(crashDirectory, name), `${what}\n${at.toISOString()}\n\n${redact(detail)}\n`, {
          mode: 0o600,
        })
        const reports = readdirSync(crashDirectory).toSorted()
        for (const old of reports.slice(0, -REPORTS)) rmSync(join(crashDirectory, old), { force: true })
      })
    },
  }
}

function turnOver(file: string): void {
  for (let age = OLDER - 1; age >= 0; age -= 1) {
    attempt(() => renameSync(age === 0 ? file : `${file}.${age}`, `${file}.${age + 1}`))
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function attempt(act: () => void): void {
  try {
    act()
  } catch {
    // Nothing of it is worth more than what the console does.
  }
}
