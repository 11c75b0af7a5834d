import { expect, test } from 'vitest'
import { findSandbox } from './sandbox.ts'

test('an agent that systemd did not start has no sandbox, and says why', () => {
  const sandbox = findSandbox({ SYSTEMD_EXEC_PID: '1' })
  expect(sandbox).toMatchObject({
    kind: 'none',
    reason: expect.stringMatching(/^(no_systemd|not_root|not_a_service)$/),
  })
})
