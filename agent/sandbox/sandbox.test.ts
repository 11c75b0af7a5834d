import { expect, test } from 'vitest'
import { confine, findSandbox } from './sandbox.ts'

test('an agent that systemd did not start has no sandbox, says why, and runs programs as they are', () => {
  const sandbox = findSandbox({ SYSTEMD_EXEC_PID: '1' })
  expect(sandbox).toMatchObject({
    kind: 'none',
    reason: expect.stringMatching(/^(no_systemd|not_root|not_a_service)$/),
  })
  const program = { file: '/bin/true', args: ['one'], env: { A: 'b' } }
  expect(confine(sandbox, program, { runId: 'one', writablePaths: ['/srv'], graceMilliseconds: 1000 })).toBe(program)
})
