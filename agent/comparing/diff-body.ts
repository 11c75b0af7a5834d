import { writeFault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { type DiffLine, watchDiff } from '../../engine/restic/diff.ts'
import { faultOf } from '../../engine/restic/fault.ts'
import { placeOf, type ResticRepository } from '../../engine/restic/repository.ts'
import type { RunBody, RunRecord } from '../runs/run-record.ts'

export interface DiffWork {
  readonly before: string
  readonly after: string
  readonly metadata: boolean
  readonly open: () => Promise<ResticRepository>
}

/** Changes that the log names; a record of more would be read by nobody. */
const NAMED = 10_000

/** What a diff run does: restic compares two snapshots; the log names the changes, the subject keeps the summary. */
export function diffBody({ before, after, metadata, open }: DiffWork): RunBody {
  return async (record, signal) => {
    const repository = await open()
    const hearing = new Hearing(record)
    record.progress({ phase: 'preparing', filesDone: 0, bytesDone: 0, currentItem: null })
    const what = `${before.slice(0, 8)} with ${after.slice(0, 8)}${metadata ? ', metadata too' : ''}`
    record.log('info', `Comparing ${what}, by restic ${repository.restic.version}.`)
    const end = await watchDiff(repository, { before, after, metadata, signal, onLine: (line) => hearing.hear(line) })
    hearing.close()
    if (end.stopped) return { state: 'cancelled', fault: null, remark: 'It was cancelled. Nothing was changed.' }
    if (end.exitCode === 0 && hearing.isSummed) {
      // What cannot be read of a repository restic says, and goes on.
      if (hearing.troubles === 0) return { state: 'succeeded', fault: null, remark: '' }
      return { state: 'partial', fault: null, remark: 'Not all of it could be compared; the log says what.' }
    }
    const fault = faultOf(end, { place: placeOf(repository.access.url) })
    return { state: 'failed', fault: writeFault(fault), remark: 'The comparison is not whole.' }
  }
}

/** Turns what restic says into the record of the run. */
class Hearing {
  readonly #record: RunRecord
  #changes = 0
  troubles = 0
  isSummed = false

  constructor(record: RunRecord) {
    this.#record = record
  }

  hear(line: DiffLine): void {
    switch (line.type) {
      case 'change': {
        this.#changes += 1
        const { modifier, path } = line
        if (this.#changes <= NAMED) this.#record.log('info', `${modifier.padEnd(2)} ${showFileName(path)}`)
        return this.#record.progress({
          phase: 'comparing',
          filesDone: this.#changes,
          bytesDone: 0,
          currentItem: path,
        })
      }
      case 'summary': {
        const { changed, added, removed } = line
        this.isSummed = true
        return this.#record.compared({ changed, added, removed })
      }
      case 'text':
        this.troubles += 1
        return this.#record.log('warning', line.text)
    }
  }

  /** Say how much is not named. */
  close(): void {
    const more = this.#changes - NAMED
    if (more > 0) this.#record.log('warning', `${more} more changes are not named here.`)
  }
}
