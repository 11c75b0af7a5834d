import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { noise } from '../../test/noise.ts'
import { type MadeRepository, makeRepository, requireTool, restic } from '../../test/restic.ts'
import { plan, planAndRestore } from '../../test/restore.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'
import type { ResticRepository } from '../restic/repository.ts'

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
        onEvent: (event) => event.type === 'item' && cancel.abort(),
      },
    )
    const { outcome, ledger } = await restoring
    expect(outcome).toMatchObject({ state: 'cancelled', fault: null })
    const finished = [...ledger.values()].filter((item) => item.action === 'restored')
    expect(finished.length).toBeGreaterThan(0)
    expect(finished.length).toBeLessThan(40)
    expect(ledger.size).toBe(finished.length)
    expect(outcome.remark).toContain(`${finished.length} of 40 files`)
    expect(outcome.remark).toContain(targetPath)
    expect(isRunning(slow.pid())).toBe(false)
    for (const { path } of finished) expectEqualFiles(join(targetPath, path), join(made.source, path))
  })

  it('is cancelled before it began when it was told so before', async () => {
    const targetPath = join(directory.path, 'never')
    const { outcome, ledger } = await planAndRestore({ ...made, targetPath }, { signal: AbortSignal.abort() })
    expect(outcome).toMatchObject({ state: 'cancelled', items: null })
    expect(outcome.remark).toContain('No file was finished')
    expect(ledger.size).toBe(0)
  })

  it('fails when restic is killed, and names what was not finished', async () => {
    const slow = slowRestic(join(directory.path, 'killed'), made.repository)
    const targetPath = join(directory.path, 'killed/run')
    const prepared = await plan({ ...made, targetPath })
    const kill = () => process.kill(slow.pid(), 'SIGKILL')
    const restoring = planAndRestore(
      { ...made, repository: slow.repository, targetPath },
      { prepared, onEvent: once((event) => event.type === 'item', kill) },
    )
    const { outcome, ledger } = await restoring
    expect(outcome).toMatchObject({ state: 'failed', fault: { code: 'tool_failed', data: { tool: 'restic' } } })
    expect(ledger.size).toBe(40)
    const finished = [...ledger.values()].filter((item) => item.action === 'restored')
    for (const { path } of finished) expectEqualFiles(join(targetPath, path), join(made.source, path))
    expect(finished.length).toBeLessThan(40)
    expect(outcome.remark).toContain(`${finished.length} of 40 files`)
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

function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`)
}

function expectEqualFiles(one: string, other: string): void {
  // Not toEqual: it would print a mebibyte of difference.
  expect(readFileSync(one).equals(readFileSync(other))).toBe(true)
}
