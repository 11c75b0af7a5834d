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
import { onHost } from './on-host.ts'

/** As the agent's `compare` calls, for one host. */
export const compare = {
  level: read.input(compareLevelInputSchema.extend(onHost)).output(comparedLevelSchema),
  rollUps: read.input(rollUpsInputSchema.extend(onHost)).output(eventIterator(rollUpEventSchema)),
  changes: read.input(changesInputSchema.extend(onHost)).output(eventIterator(changeListEventSchema)),
  renames: read.input(treePairSchema.extend(onHost)).output(renamesSchema),
  liveLevel: read.input(liveLevelInputSchema.extend(onHost)).output(liveLevelSchema),
  liveRollUps: read.input(liveInputSchema.extend(onHost)).output(eventIterator(rollUpEventSchema)),
  liveChanges: read.input(liveChangesInputSchema.extend(onHost)).output(eventIterator(changeListEventSchema)),
  liveNode: read.input(liveInputSchema.extend(onHost)).output(liveNodeSchema),
  /** Audited by the console too. */
  liveContents: reveal.input(liveContentsInputSchema.extend(onHost)).output(liveContentsSchema),
  start: write.input(diffStartSchema.extend(onHost)).output(runSchema),
} as const
