import { Fault, type FaultOf, writeFault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { BackupSet } from '../../contract/shapes/repository.ts'
import type { ProgramEnd } from '../../engine/process/program.ts'
import { watchBackup } from '../../engine/restic/backup.ts'
import type { BackupLine } from '../../engine/restic/backup-lines.ts'
import { faultOf } from '../../engine/restic/fault.ts'
import { localPathOf, placeOf } from '../../engine/restic/repository.ts'
import type { Writing } from '../repositories/writing.ts'
import type { RunBody, RunEnd, RunRecord } from '../runs/run-record.ts'
import { missingPaths } from './missing-paths.ts'

export interface BackupWork {
  readonly backup: BackupSet
  /** Under which name the snapshot is kept. */
  readonly hostname: string
  readonly open: () => Promise<Writing>
  /** Told when there is a snapshot more. */
  readonly onSnapshot: () => void
}

/** "Scripting" in restic's manual: the snapshot is there, without what could not be read. */
const INCOMPLETE = 3
const NO_SNAPSHOT = 'No snapshot was made. What had been sent already does no harm, and the next prune removes it.'

interface Heard {
  readonly snapshotId: string | null
  readonly saved: boolean
  readonly unread: number
}

/** What a backup run does: restic reads what was said and saves a snapshot of it, without what cannot be read. */
export function backupBody({ backup, hostname, open, onSnapshot }: BackupWork): RunBody {
  return async (record, signal) => {
    await using writing = await open()
    const { repository, remark } = writing
    record.progress({ phase: 'preparing', filesDone: 0, bytesDone: 0, currentItem: null })
    const missing = await missingPaths(backup.paths)
    for (const path of missing)
      record.item({ path, type: null, action: 'failed', size: null, reason: 'it is not on this host' })
    const paths = backup.paths.filter((path) => !missing.has(path))
    if (paths.length === 0) throw new Fault('not_found', { what: 'path', id: showFileName(backup.paths[0] ?? '') })
    record.log('info', `Backing up ${count(paths.length, 'path')} with restic ${repository.restic.version}.`)
    if (remark !== null) record.log('info', remark)
    const hearing = new Hearing(record, missing.size)
    const own = ownFolder(repository.access.url, paths)
    if (own !== undefined) record.log('info', `Without the repository itself, ${own}.`)
    const exclude = own === undefined ? backup.exclude : [...backup.exclude, literalPattern(own)]
    const call = { paths, exclude, hostname, signal }
    const end = await watchBackup(repository, { ...call, onLine: (line) => hearing.hear(line) })
    if (hearing.saved) onSnapshot()
    return verdict(end, hearing, () => faultOf(end, { place: placeOf(repository.access.url) }))
  }
}

/** The folder of the repository, where a path holds it: each backup would hold all those before it once more. */
function ownFolder(url: string, paths: readonly string[]): string | undefined {
  const folder = localPathOf(url)
  const isBelow = (path: string): boolean => `${folder}/`.startsWith(path.endsWith('/') ? path : `${path}/`)
  return folder !== undefined && paths.some(isBelow) ? folder : undefined
}

/** As Go's filepath.Match takes it, by which restic compares. */
function literalPattern(path: string): string {
  return path.replaceAll(/[*?[\\]/g, '\\$&')
}

/** Turns what restic says into the record of the run. */
class Hearing implements Heard {
  readonly #record: RunRecord
  snapshotId: string | null = null
  saved = false
  unread: number

  constructor(record: RunRecord, unread: number) {
    this.#record = record
    this.unread = unread
  }

  hear(line: BackupLine): void {
    switch (line.type) {
      case 'status': {
        const { filesDone, bytesDone, filesFound, bytesFound, currentItem } = line.progress
        this.#record.expect({ files: filesFound, bytes: bytesFound })
        return this.#record.progress({ phase: 'backing-up', filesDone, bytesDone, currentItem })
      }
      case 'error':
        this.unread += 1
        this.#record.item({ path: line.path, type: null, action: 'failed', size: null, reason: line.message })
        return this.#record.log('warning', `${showFileName(line.path)}: ${line.message}`)
      case 'summary':
        return this.#save(line)
      case 'text':
        return this.#record.log('info', line.text)
    }
  }

  #save({ snapshotId, files, bytes, added }: Extract<BackupLine, { type: 'summary' }>): void {
    this.saved = true
    this.snapshotId = snapshotId
    this.#record.expect({ files, bytes })
    this.#record.progress({ phase: 'finishing', filesDone: files, bytesDone: bytes, currentItem: null })
    if (snapshotId === null) return this.#record.log('info', 'restic had nothing to make a snapshot of.')
    this.#record.made(snapshotId)
    const what = `${count(files, 'file')}, ${bytes} bytes; the repository has grown by ${added} bytes`
    this.#record.log('info', `Snapshot ${snapshotId.slice(0, 8)} is saved: ${what}.`)
  }
}

/** Once it is saved a snapshot is there, whatever happens to restic after that. */
function verdict(end: ProgramEnd, heard: Heard, fault: () => Fault): RunEnd {
  if (heard.saved && (end.exitCode === 0 || end.exitCode === INCOMPLETE || end.stopped)) {
    if (heard.unread === 0 && end.exitCode !== INCOMPLETE) return ended('succeeded', null, '')
    const unread = heard.unread === 0 ? 'something that' : `${count(heard.unread, 'item')} that`
    return ended('partial', null, `The snapshot was made without ${unread} could not be read.`)
  }
  if (end.stopped) return ended('cancelled', null, `It was cancelled. ${NO_SNAPSHOT}`)
  return ended('failed', writeFault(fault()), heard.saved ? 'A snapshot was made all the same.' : NO_SNAPSHOT)
}

function ended(state: RunEnd['state'], fault: FaultOf | null, remark: string): RunEnd {
  return { state, fault, remark }
}

function count(amount: number, noun: string): string {
  return amount === 1 ? `one ${noun}` : `${amount} ${noun}s`
}
