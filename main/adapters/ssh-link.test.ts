import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { sshDoor } from './ssh-link.ts'

let open: AsyncDisposableStack
let directory: string
beforeEach(() => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
})
afterEach(() => open.disposeAsync())

/** A program in ssh's place. */
function programOf(script: string): string {
  const path = join(directory, 'ssh')
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o700 })
  return path
}

function pidIn(file: string): number | null {
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : null
}

function isAlive(pid: number | null): boolean {
  try {
    return pid !== null && process.kill(pid, 0)
  } catch {
    return false
  }
}

async function endOf(script: string) {
  const port = await sshDoor(programOf(script))('root@db-01')
  const reason = await new Promise<string>((resolve) => port.onClose(resolve))
  return { reason, obstacle: port.failure?.()?.obstacle }
}

// @security Between console and hosts: A destination is never taken for an option of ssh.
test('frames go both ways, behind whatever a login prints, and the destination is never an option', async () => {
  const port = await sshDoor(programOf(`echo Welcome to db-01; printf '{"args":"%s"}\\n' "$*"; cat`))('root@db-01')
  const frames: string[] = []
  let bytes = 0
  port.onFrame((frame) => frames.push(frame))
  port.onBytes?.(() => (bytes += 1))
  port.send('{"i":"1"}')
  await expect.poll(() => frames.length).toBe(2)
  expect(frames[0]).toMatch(/-o BatchMode=yes .* -- root@db-01 restore-agent stdio"}$/)
  expect(frames[1]).toBe('{"i":"1"}')
  expect(bytes).toBeGreaterThan(0)
  port.close('enough')
})

test.each([
  ['unreachable', 255, 'ssh: connect to host db-01 port 22: Connection refused', /Connection refused$/],
  ['unreachable', 255, 'Timeout, server db-01 not responding.', /not responding/],
  ['not_admitted', 255, 'root@db-01: Permission denied (publickey).', /does not let this user in: .*publickey/],
  ['other_key', 255, 'Host key verification failed.', /Log in once in a terminal/],
  [
    'other_key',
    255,
    '@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.',
    /another host key/,
  ],
  ['not_installed', 127, 'sh: 1: restore-agent: not found', /not installed on root@db-01/],
  ['not_installed', 1, 'restore-agent: Command not found.', /not installed/],
  [
    'unreachable',
    78,
    'The configuration cannot be read.\n{"event":"agent.stopping"}',
    /The configuration cannot be read/,
  ],
] as const)('%s: ended with %i', async (obstacle, code, said, words) => {
  const end = await endOf(`printf '%s\\n' '${said}' >&2; exit ${code}`)
  expect(end).toEqual({ obstacle, reason: expect.stringMatching(words) })
})

test('a computer without ssh is told so', async () => {
  await expect(sshDoor(join(directory, 'none'))('db-01')).rejects.toMatchObject({ obstacle: 'no_ssh' })
})

test('one that is closed is over at once, and a program that does not go is killed', async () => {
  const note = join(directory, 'pid')
  const port = await sshDoor(programOf(`trap '' HUP; echo $$ > ${note}.new; mv ${note}.new ${note}; exec sleep 600`))(
    'db-01',
  )
  await expect.poll(() => pidIn(note)).not.toBeNull()
  const reasons: string[] = []
  port.onClose((reason) => reasons.push(reason))
  port.close('enough')
  expect(reasons).toEqual(['enough'])
  await expect.poll(() => isAlive(pidIn(note)), { timeout: 15_000 }).toBe(false)
})
