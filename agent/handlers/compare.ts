import type { Comparing } from '../comparing/comparing.ts'
import type { DiffRuns } from '../comparing/diff-runs.ts'
import type { LiveFiles } from '../comparing/live-files.ts'
import { agent, heed } from './agent-contract.ts'

interface CompareHandlersDeps {
  readonly comparing: Comparing
  readonly liveFiles: LiveFiles
  readonly diffRuns: DiffRuns
}

export function compareHandlers({ comparing, liveFiles, diffRuns }: CompareHandlersDeps) {
  return {
    level: agent.compare.level.handler(({ input, signal }) => comparing.level(input, heed(signal))),
    rollUps: agent.compare.rollUps.handler(({ input, signal }) => comparing.rollUps(input, heed(signal))),
    changes: agent.compare.changes.handler(({ input, signal }) => comparing.changes(input, heed(signal))),
    renames: agent.compare.renames.handler(({ input, signal }) => comparing.renames(input, heed(signal))),
    liveLevel: agent.compare.liveLevel.handler(({ input, signal }) => liveFiles.level(input, heed(signal))),
    liveRollUps: agent.compare.liveRollUps.handler(({ input, signal }) => liveFiles.rollUps(input, heed(signal))),
    liveChanges: agent.compare.liveChanges.handler(({ input, signal }) => liveFiles.changes(input, heed(signal))),
    liveNode: agent.compare.liveNode.handler(({ input, signal }) => liveFiles.node(input, heed(signal))),
    liveContents: agent.compare.liveContents.handler(({ input, context, signal }) =>
      liveFiles.contents(input, context, heed(signal)),
    ),
    start: agent.compare.start.handler(({ input, context, signal }) => diffRuns.start(input, context, heed(signal))),
  }
}
