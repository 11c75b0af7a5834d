import { conflictFor, Fault } from '../../contract/errors.ts'
import { reasonOf } from '../../contract/reasons.ts'
import type { ConflictMode, FurtherRestore, RestoreManner, RestoreSource } from '../../contract/shapes/restore.ts'
import { isEnded, type Run } from '../../contract/shapes/run.ts'
import type { Journal } from '../journal/open-journal.ts'
import type { RestoreSubject } from '../runs/run-record.ts'
import { sourceFinder } from './selected.ts'
import type { WantedRestore } from './wanted-restore.ts'

/** Paths that may stand in a run of their own accord: a run's record is written twice a second, with all of them. */
const MOST_PATHS = 5000

interface Earlier {
  readonly run: Run
  readonly subject: RestoreSubject
}

/** What restores follow from an earlier run, from its record. */
export class FurtherRestores {
  readonly #journal: Journal

  constructor(journal: Journal) {
    this.#journal = journal
  }

  /** Throws `not_found` (`run`) and `conflict` (`nothing_to_resume`, `nothing_to_retry`, `no_way_back`). */
  wanted(request: FurtherRestore): WantedRestore {
    const earlier = this.#earlier(request)
    switch (request.kind) {
      case 'resume':
        return { ...this.#again(earlier), follows: request }
      case 'retry':
        return { ...this.#failedOf(earlier), follows: request }
      case 'revert':
        return { ...this.#backFrom(earlier), follows: request }
    }
  }

  #earlier({ kind, runId }: FurtherRestore): Earlier {
    const run = this.#journal.runs.get(runId)
    if (run === undefined) throw new Fault('not_found', { what: 'run', id: runId })
    const { subject } = run
    const isOver = isEnded(run.state)
    if (subject.kind === 'restore' && isOver && (kind !== 'resume' || run.state !== 'succeeded'))
      return { run, subject }
    if (kind === 'revert') throw noWayBack('not_a_past_restore')
    throw new Fault('conflict', { what: NOTHING[kind], detail: `${subject.kind}, ${run.state}` })
  }

  /** The same to the same place. A run that went back is gone back from again: that finds what is left to do. */
  #again({ run, subject }: Earlier): WantedRestore {
    const reverted = this.#revertedBy(subject)
    if (reverted !== undefined) return this.#backFrom(this.#earlier({ kind: 'revert', runId: reverted }))
    return { ...this.#base(run), manner: again(subject), sources: this.#sourcesAgain({ run, subject }) }
  }

  /**
   * The same sources. What the conflict mode left as it was the first time is left out: of what else is there nobody
   * knows any more whether it was so before, or is half a file of the first run, and so it must be written over.
   */
  #sourcesAgain({ run, subject }: Earlier): RestoreSource[] {
    const sources = subject.sources.map(({ snapshotId, selection }) => ({ snapshotId, selection }))
    if (subject.conflicts !== 'never' && subject.conflicts !== 'if-newer') return sources
    const left = this.#journal.ledger.left(run.id)
    if (left.length > MOST_PATHS) {
      throw new Fault('conflict', { what: NOTHING.resume, detail: `${left.length} files are to be left as they are` })
    }
    const sourceOf = sourceFinder(sources)
    return sources.map(({ snapshotId, selection }, at) => {
      const exclude = [...selection.exclude, ...left.filter((path) => sourceOf(path) === at)]
      return { snapshotId, selection: { ...selection, exclude } }
    })
  }

  #failedOf({ run, subject }: Earlier): WantedRestore {
    const failed = this.#journal.ledger.failed(run.id)
    if (failed.length === 0) throw new Fault('conflict', { what: NOTHING.retry, detail: run.state })
    const folders = this.#foldersBehind(subject)
    const remove = failed.filter(({ planned }) => planned === 'delete').map(({ path }) => path)
    const base = { ...this.#base(run), manner: again(subject), folders }
    // At the top of the target stands what was selected: a file of it, selected alone, would come to stand there itself.
    if (subject.layout === 'selected-only' || failed.length > MOST_PATHS) {
      return { ...base, sources: this.#sourcesAgain({ run, subject }) }
    }
    const sourceOf = sourceFinder(subject.sources)
    const sources = subject.sources.flatMap(({ snapshotId }, at) => {
      const include = failed
        .filter(({ path, planned }) => planned !== 'delete' && sourceOf(path) === at)
        .map(({ path }) => path)
      return include.length === 0 ? [] : [{ snapshotId, selection: { include, exclude: [] } }]
    })
    if (sources.length === 0 && remove.length === 0) return { ...base, sources: this.#sourcesAgain({ run, subject }) }
    return { ...base, sources, remove }
  }

  #backFrom({ run, subject }: Earlier): WantedRestore {
    const { ledger, saved } = this.#journal
    if (subject.target.kind !== 'in-place') throw noWayBack('not_in_place')
    const isUntouched = subject.safetySnapshot === 'wanted' || ledger.planOf(run.id) === undefined
    if (isUntouched) throw noWayBack('nothing_written')
    const way = saved.of(run.id)
    if (way === undefined && ledger.changing(run.id) > 0) throw noWayBack('no_safety_snapshot')
    const sources =
      way === undefined || way.snapshotId === null
        ? []
        : [{ snapshotId: way.snapshotId, selection: { include: [...way.include], exclude: [] } }]
    const remove = ledger.created(run.id)
    if (sources.length === 0 && remove.length === 0) throw noWayBack('nothing_changed')
    const manner: RestoreManner = {
      target: { kind: 'in-place' },
      layout: 'full-path',
      conflicts: 'always',
      deleteExtra: false,
      readBack: subject.readBack,
    }
    return { ...this.#base(run), sources, manner, remove, folders: saved.folders(run.id) }
  }

  #base({ repositoryId }: Run): Pick<WantedRestore, 'repositoryId' | 'follows' | 'remove' | 'folders'> {
    return { repositoryId, follows: null, remove: [], folders: [] }
  }

  /** The run that was gone back from, where this is going back, if only after a stop. */
  #revertedBy({ follows }: RestoreSubject): string | undefined {
    if (follows?.kind === 'revert') return follows.runId
    if (follows?.kind !== 'resume') return undefined
    const subject = this.#journal.runs.get(follows.runId)?.subject
    return subject?.kind === 'restore' ? this.#revertedBy(subject) : undefined
  }

  #foldersBehind(subject: RestoreSubject): WantedRestore['folders'] {
    const reverted = this.#revertedBy(subject)
    return reverted === undefined ? [] : this.#journal.saved.folders(reverted)
  }
}

const NOTHING = { resume: 'nothing_to_resume', retry: 'nothing_to_retry', revert: 'no_way_back' } as const

/** As before, into the folder of before, whatever is there by now: after errors no time or size can be believed. */
function again(subject: RestoreSubject): RestoreManner {
  const { target, targetPath, layout, deleteExtra, readBack } = subject
  const conflicts: ConflictMode = subject.conflicts === 'keep-both' ? 'keep-both' : 'always'
  const place = target.kind === 'in-place' ? target : { kind: 'path' as const, path: targetPath }
  return { target: place, layout, conflicts, deleteExtra, readBack }
}

type NoWay = 'not_in_place' | 'not_a_past_restore' | 'nothing_written' | 'nothing_changed' | 'no_safety_snapshot'

function noWayBack(code: NoWay): Fault<'conflict'> {
  return conflictFor(NOTHING.revert, reasonOf(code))
}
