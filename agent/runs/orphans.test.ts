import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { AGENT_MARK, endOrphans, RUN_MARK } from './orphans.ts'

async function start(script: string, marks: Record<string, string>): Promise<ChildProcess> {
  const child = spawn('/bin/sh', ['-c', `${script}; echo ready; while :; do sleep 0.1; done`], {
    env: { PATH: process.env['PATH'] ?? '', ...marks },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  if (child.stdout !== null) await once(child.stdout, 'data')
  return child
}

test.runIf(process.platform === 'linux')('processes with the mark of this agent are ended, and no others', async () => {
  const [ours, theirs] = [randomUUID(), randomUUID()]
  const gentle = await start(':', { [AGENT_MARK]: ours, [RUN_MARK]: 'run-1' })
  const stubborn = await start('trap "" TERM', { [AGENT_MARK]: ours })
  const foreign = await start(':', { [AGENT_MARK]: theirs })
  const unmarked = await start(':', { OTHER: ours })

  const ended = await endOrphans(ours, 500)
  // The loop of the stubborn one is in `sleep` now and then, which carries its mark too.
  expect(ended).toEqual(
    expect.arrayContaining([
      { processId: gentle.pid, runId: 'run-1', end: 'ended' },
      { processId: stubborn.pid, runId: null, end: 'killed' },
    ]),
  )
  await expect.poll(() => [gentle.signalCode, stubborn.signalCode]).toEqual(['SIGTERM', 'SIGKILL'])
  expect([foreign.exitCode, foreign.signalCode, unmarked.exitCode, unmarked.signalCode]).toEqual([
    null,
    null,
    null,
    null,
  ])
  // Also the `sleep` that the stubborn one had begun just before it was killed.
  expect(await endOrphans(ours)).toEqual([])
})
