import { expect, test } from 'vitest'
import type { RunSubject } from '../../contract/shapes/run.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { systemClock } from '../clock.ts'
import { createLogger } from '../../engine/logging/logger.ts'
import { heldRun, runsWorld } from '../testing/runs-world.ts'
import { recoverRuns } from './recover-runs.ts'

const BACKUP: RunSubject = { kind: 'backup', paths: ['/etc'], exclude: [], snapshotId: null }

test.each([
  [null, 'No snapshot of it is known; what had been sent already does no harm.'],
  ['a'.repeat(64), 'Its snapshot had been made.'],
])('a backup that its agent did not outlive says what became of its snapshot: %s', async (snapshotId, said) => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const { journal, audit, runs } = world
  const held = heldRun({ subject: BACKUP })
  const { id } = runs.start(held.order)
  const record = await held.begun
  if (snapshotId !== null) record.made(snapshotId)

  // What the next life of the agent finds in the journal.
  const logger = createLogger({ sink: () => undefined, secrets: () => [], now: () => new Date() })
  expect(
    await recoverRuns({ journal, audit, clock: systemClock, logger, agentVersion: '0.0.0-test', agentId: 'agent' }),
  ).toEqual(['repository-1'])
  expect(journal.runs.get(id)).toMatchObject({
    state: 'interrupted',
    subject: { snapshotId },
    remark: `The agent stopped while this ran. ${said}`,
  })
  held.finish()
})
