import { eventIterator } from '@orpc/contract'
import { read, reveal, write } from '../procedure.ts'
import {
  changeListEventSchema,
  changesInputSchema,
  comparedLevelSchema,
  compareLevelInputSchema,
  diffStartSchema,
  liveChangesInputSchema,
  liveContentsInputSchema,
  liveContentsSchema,
  liveInputSchema,
  liveLevelInputSchema,
  liveLevelSchema,
  liveNodeSchema,
  renamesSchema,
  rollUpEventSchema,
  rollUpsInputSchema,
  treePairSchema,
} from '../shapes/compare.ts'
import { runSchema } from '../shapes/run.ts'

export const compare = {
  /** One page of two directories beside each other. Throws as `tree.list` does. */
  level: read.input(compareLevelInputSchema).output(comparedLevelSchema),
  /** Compare all that is below two directories. Abort it to stop it. Throws as `tree.list` does. */
  rollUps: read.input(rollUpsInputSchema).output(eventIterator(rollUpEventSchema)),
  /** Every change below two directories, as `restic diff` lists them. Abort it to stop it. Throws as `tree.list` does. */
  changes: read.input(changesInputSchema).output(eventIterator(changeListEventSchema)),
  /** What was moved between two directories, by what it holds. Abort it to stop it. Throws as `tree.list` does. */
  renames: read.input(treePairSchema).output(renamesSchema),
  /**
   * One page of a folder of a snapshot beside the same folder of the host now, by what can be seen without reading files.
   * Throws as `tree.list` does, `not_found` (`snapshot`, `host_path`) and `forbidden` (`read-folder`) for a folder that the
   * agent may not read.
   */
  liveLevel: read.input(liveLevelInputSchema).output(liveLevelSchema),
  /**
   * A folder of a snapshot beside the same folder of the host now, with all that is below, as `rollUps` tells it; the host may
   * change meanwhile, so it always begins anew. Folders that cannot be read are counted, and not looked into. Abort it to stop
   * it. Throws as `liveLevel` does of the folder itself.
   */
  liveRollUps: read.input(liveInputSchema).output(eventIterator(rollUpEventSchema)),
  /** The same as a list, as `changes` tells it. Abort it to stop it. Throws as `liveRollUps` does. */
  liveChanges: read.input(liveChangesInputSchema).output(eventIterator(changeListEventSchema)),
  /** What a path of a snapshot is on the host now. Throws as `liveLevel` does. */
  liveNode: read.input(liveInputSchema).output(liveNodeSchema),
  /**
   * The beginning of a file of the host now, and whether it holds what the snapshot's does; written down in the audit before
   * it is read. Throws `not_found` (`snapshot`, `host_path`, `file`), `invalid_input` for what is no file, `forbidden`
   * (`read-file`) and what `repository.test` throws.
   */
  liveContents: reveal.input(liveContentsInputSchema).output(liveContentsSchema),
  /** Start a run that has restic compare two snapshots. Throws `host_busy`, `not_found`, `tool_missing`. */
  start: write.input(diffStartSchema).output(runSchema),
} as const
