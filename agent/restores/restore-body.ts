import { Fault, writeFault } from '../../contract/errors.ts'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import { joined } from '../../engine/restore/paths.ts'
import type { RestoreEvent } from '../../engine/restore/restore-event.ts'
import type { Journal } from '../journal/open-journal.ts'
import type { RunBody, RunEnd, RunRecord, RunStops } from '../runs/run-record.ts'
import { plannedRows } from './planned-rows.ts'
import type { PlannedRestore } from './planned-restore.ts'
import type { WriteRestore } from './restore-writer.ts'
import { type OpenForSaving, takeSafety } from './safety.ts'

export interface RestoreWork {
  readonly runId: string
  readonly planned: PlannedRestore
  /** Save what is changed or deleted before anything is written. */
  readonly safety: boolean
  readonly journal: Journal
  readonly write: WriteRestore
  readonly openForSaving: OpenForSaving
  readonly openRepository: () => Promise<ResticRepository>
  /** Told when there is a snapshot more. */
  readonly onSnapshot: () => void
}

const NOTHING = 'Nothing was written.'

/** What a restore run does: write down what is planned, save what would be lost, then have it written. */
export function restoreBody(work: RestoreWork): RunBody {
  return async (record, signal, stops) => {
    const { prepared, wanted } = work.planned
    record.expect({ files: prepared.files, bytes: prepared.bytes })
    const repository = await work.openRepository()
    record.log('info', `${prepared.items.length} items are planned, with restic ${repository.restic.version}.`)
    const written = record.plan(plannedRows(prepared.items, wanted.manner.conflicts), privateFolders(work.planned))
    // Over what is there, nothing is done before it is written down. Into a fresh folder both may begin: restic needs
    // longer to open the repository than most plans need to be written, and nothing can be lost there.
    if (!work.planned.target.fresh) await written
    const failure = await saved(work, record, signal)
    if (failure !== undefined) {
      await written
      return failure
    }
    // A journal that cannot be written ends what writes; that is waited for, and then thrown.
    const failed = new AbortController()
    written.catch((error: unknown) => failed.abort(error))
    const outcome = await carriedOut(work, {
      record,
      repository,
      stops,
      signal: AbortSignal.any([signal, failed.signal]),
    })
    await written
    return outcome
  }
}

/** Where restic writes to a folder of its own, from which each item is moved. */
function privateFolders({ prepared, target }: PlannedRestore): string[] {
  const folders = prepared.passes.filter(({ isPrivate }) => isPrivate).map(({ folder }) => joined(target.path, folder))
  return [...new Set(folders)]
}

interface Under {
  readonly record: RunRecord
  readonly repository: ResticRepository
  readonly signal: AbortSignal
}

/** The end of the run where what would be lost could not be saved: then nothing is written. */
async function saved(work: RestoreWork, record: RunRecord, signal: AbortSignal): Promise<RunEnd | undefined> {
  if (!work.safety) return undefined
  record.progress({ phase: 'saving', filesDone: 0, bytesDone: 0, currentItem: null })
  try {
    const { journal, runId, planned, openForSaving: open } = work
    const snapshot = await takeSafety({ journal, open, runId, planned, signal, record })
    record.learned({ safetySnapshot: snapshot })
    if (snapshot !== null) work.onSnapshot()
    if (!signal.aborted) return undefined
  } catch (error) {
    if (!signal.aborted) {
      if (!(error instanceof Fault)) throw error
      return ended('failed', error, `What would be changed could not be saved. ${NOTHING}`)
    }
  }
  return ended('cancelled', null, `It was cancelled before it began to write. ${NOTHING}`)
}

async function carriedOut(work: RestoreWork, under: Under & { readonly stops: RunStops }): Promise<RunEnd> {
  const { record, repository, signal, stops } = under
  const { prepared, target, wanted } = work.planned
  const { state, fault, remark, evidence, settlement } = await work.write(work.runId, {
    repository,
    prepared,
    target,
    manner: wanted.manner,
    folders: wanted.folders,
    signal,
    stopBetween: stops.between,
    onEvent: (event) => relay(record, event),
  })
  if (evidence !== null) record.learned({ evidence })
  return { state, fault, remark, ...(settlement === null ? {} : { settlement }) }
}

function relay(record: RunRecord, event: RestoreEvent): void {
  switch (event.type) {
    case 'log':
      return record.log(event.level, event.text)
    case 'progress':
      return record.progress(event)
  }
}

function ended(state: RunEnd['state'], fault: Fault | null, remark: string): RunEnd {
  return { state, fault: fault === null ? null : writeFault(fault), remark, undone: remark }
}
