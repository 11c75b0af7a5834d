import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeRepository, requireTool } from '../../test/restic.ts'
import { plan, planAndRestore } from '../../test/restore.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { RestoreFilesRequest } from './run-passes.ts'

requireTool('restic')('a restic that cannot be trusted', () => {
  it.each([
    ['reports success and does nothing', 'exit 0', { state: 'failed', fault: { code: 'tool_failed' } }],
    ['crashes', 'echo "panic: runtime error" >&2; exit 2', { state: 'failed', fault: { code: 'tool_failed' } }],
    ['prints garbage', 'head -c 100000 /dev/urandom; head -c 1000 /dev/zero >&2; exit 0', { state: 'failed' }],
    [
      'lies about its files',
      `echo '{"message_type":"summary","total_files":2,"files_restored":2}'; exit 0`,
      { state: 'failed', fault: { code: 'tool_failed' } },
    ],
    [
      'is locked out',
      `echo '{"message_type":"exit_error","code":11,"message":"repository is already locked by PID 7 on web by root (UID 0, GID 0)"}' >&2; exit 11`,
      { state: 'failed', fault: { code: 'repository_locked' } },
    ],
  ])('is found out when it %s', async (_, script, expected) => {
    await using directory = temporaryDirectory()
    const { outcome } = await withScript(directory.path, script)
    expect(outcome).toMatchObject(expected)
  })

  it('is not believed when a file is shorter than it should be', async () => {
    await using directory = temporaryDirectory()
    const said = `echo '{"message_type":"summary","total_files":2,"files_restored":2}'`
    const script = `while [ "$1" != --target ]; do shift; done; cp -p '${directory.path}/source/a' "$2/a"; : > "$2/b"; ${said}`
    const { outcome, ledger } = await withScript(directory.path, script)
    expect(outcome.state).toBe('partial')
    expect(ledger.get('/a')).toMatchObject({ action: 'restored' })
    expect(ledger.get('/b')).toMatchObject({
      action: 'failed',
      reason: 'It has 0 bytes on disk and 1 in the snapshot.',
    })
  })

  it('is killed when it does not heed being stopped, with all that it started', async () => {
    await using directory = temporaryDirectory()
    const cancel = new AbortController()
    const deaf = `trap '' TERM; echo $$ > '${directory.path}/pid'; echo begun; while :; do sleep 1; done`
    const { outcome } = await withScript(directory.path, deaf, {
      signal: cancel.signal,
      graceMilliseconds: 300,
      onEvent: (event) => event.type === 'log' && event.text === 'begun' && cancel.abort(),
    })
    expect(outcome).toMatchObject({ state: 'cancelled', fault: null })
    expect(isRunning(Number(readFileSync(join(directory.path, 'pid'), 'utf8')))).toBe(false)
  })

  it('does not fill the log, whatever it says', async () => {
    await using directory = temporaryDirectory()
    const { events } = await withScript(directory.path, 'yes | head -n 20000; exit 1')
    expect(events.length).toBeLessThan(600)
    expect(events).toContainEqual({ type: 'log', level: 'warning', text: 'restic says more than is kept.' })
  })

  it('is missed when it is not there', async () => {
    await using directory = temporaryDirectory()
    const { outcome } = await withScript(directory.path, undefined)
    expect(outcome).toMatchObject({ state: 'failed', fault: { code: 'tool_missing' } })
  })
})

/** Plan with the real restic and restore with a shell script in its place; two files, `a` and `b`, of a byte each. */
async function withScript(directory: string, script: string | undefined, more: Partial<RestoreFilesRequest> = {}) {
  const made = await makeRepository({ directory, files: { a: 'a', b: 'b' } })
  const targetPath = join(directory, 'run')
  const prepared = await plan({ ...made, targetPath })
  const path = join(directory, 'restic')
  if (script !== undefined) writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const repository = { ...made.repository, restic: { path, version: '0.18.0' } }
  return await planAndRestore({ ...made, repository, targetPath }, { ...more, prepared })
}

function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`)
}
