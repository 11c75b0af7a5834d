import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { noise } from '../../test/noise.ts'
import { type MadeRepository, makeRepository, requireTool, restic } from '../../test/restic.ts'
import { plan, planAndRestore } from '../../test/restore.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'
import type { ResticRepository } from '../restic/repository.ts'
import type { RestoreEvent } from './restore-event.ts'

const MEBIBYTE = 1024 * 1024

requireTool('restic')('a slow restore', () => {
  let directory: TemporaryDirectory
  let made: MadeRepository
  beforeAll(async () => {
    directory = temporaryDirectory()
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}`, noise(index, MEBIBYTE)]))
    made = await makeRepository({ directory: directory.path, files })
  })
  afterAll(() => directory[Symbol.asyncDispose]())

  it('really ends restic when it is cancelled, and says what is left on disk', async () => {
    const slow = slowRestic(join(directory.path, 'cancelled'), made.repository)
    const targetPath = join(directory.path, 'cancelled/run')
    const prepared = await plan({ ...made, targetPath })
    const cancel = new AbortController()
    const restoring = planAndRestore(
      { ...made, repository: slow.repository, targetPath },
      {
        prepared,
        signal: cancel.signal,
        graceMilliseconds: 1000,
        onEvent: (event) => isWriting(event) && cancel.abort(),
      },
    )
    const { outcome, ledger } = await restoring
    expect(outcome).toMatchObject({ state: 'cancelled', fault: null })
    expect(ledger.size).toBe(40)
    // restic gives files their times when all are written: until then none can be told from one that is half written.
    const reason = 'The run was stopped before it.'
    for (const row of ledger.values()) expect(row).toMatchObject({ action: 'skipped', reason })
    expect(outcome.remark).toContain('No file was finished')
    expect(outcome.remark).toContain(targetPath)
    expect(isRunning(slow.pid())).toBe(false)
  })

  it('is cancelled before it began when it was told so before', async () => {
    const targetPath = join(directory.path, 'never')
    const { outcome, ledger } = await planAndRestore({ ...made, targetPath }, { signal: AbortSignal.abort() })
    expect(outcome).toMatchObject({ state: 'cancelled', evidence: null })
    expect(outcome.remark).toContain('No file was finished')
    for (const row of ledger.values()) expect(row.action).toBe('skipped')
  })

  it('fails when restic is killed, and names what was not finished', async () => {
    const slow = slowRestic(join(directory.path, 'killed'), made.repository)
    const targetPath = join(directory.path, 'killed/run')
    const prepared = await plan({ ...made, targetPath })
    const kill = () => process.kill(slow.pid(), 'SIGKILL')
    const restoring = planAndRestore(
      { ...made, repository: slow.repository, targetPath },
      { prepared, onEvent: once(isWriting, kill) },
    )
    const { outcome, ledger } = await restoring
    expect(outcome).toMatchObject({ state: 'failed', fault: { code: 'tool_failed', data: { tool: 'restic' } } })
    expect(ledger.size).toBe(40)
    for (const row of ledger.values()) {
      expect(row).toMatchObject({ action: 'failed', reason: 'restic ended before it was finished.' })
    }
    expect(outcome.remark).toContain('0 of 40 files')
  })
})

/** The same repository by a restic that reads it at 8 MiB a second and leaves its process number behind. */
function slowRestic(directory: string, repository: ResticRepository) {
  mkdirSync(directory)
  const [path, number] = [join(directory, 'restic'), join(directory, 'pid')]
  const script = `#!/bin/sh\necho $$ > '${number}'\nexec '${restic().path}' --limit-download 8192 "$@"\n`
  writeFileSync(path, script, { mode: 0o755 })
  return {
    repository: { ...repository, restic: { ...repository.restic, path } },
    pid: () => Number(readFileSync(number, 'utf8')),
  }
}

function once<T>(wanted: (value: T) => boolean, act: () => void): (value: T) => void {
  let done = false
  return (value) => {
    if (done || !wanted(value)) return
    done = true
    act()
  }
}

function isWriting(event: RestoreEvent): boolean {
  return event.type === 'progress' && event.phase === 'restoring' && event.bytesDone > 0
}

function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`)
}
