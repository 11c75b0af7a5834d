import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RestoreEvent } from '../../engine/restore/restore-event.ts'
import { directoryState } from '../../test/directory-state.ts'
import { type MadeRepository, makeRepository, requireTool } from '../../test/restic.ts'
import { mannerOf, plan, planAndRestore, type RestoreToTry, targetOf } from '../../test/restore.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'
import type { SavedFolder } from '../journal/saved-store.ts'
import type { Confines } from '../sandbox/transient-unit.ts'
import { type SystemdDouble, systemdDouble } from '../testing/systemd-double.ts'
import { STOP_FILE, type Units, writeInUnits } from './restore-unit.ts'
import type { Written } from './restore-writer.ts'

const AGENT = [process.execPath, join(import.meta.dirname, '../index.ts')] as const

interface Tried {
  readonly written: Written
  readonly events: readonly RestoreEvent[]
  readonly confines: readonly Confines[]
  readonly systemd: SystemdDouble
}

interface Wanted extends RestoreToTry {
  readonly directory: TemporaryDirectory
  readonly agent?: Units['agent']
  readonly signal?: AbortSignal
  readonly stopBetween?: AbortSignal
  readonly folders?: readonly SavedFolder[]
  readonly onEvent?: (event: RestoreEvent, systemd: SystemdDouble) => void
}

async function writeUnderDouble(wanted: Wanted): Promise<Tried> {
  const { directory, repository, agent = AGENT, signal, stopBetween, folders = [], onEvent } = wanted
  const systemd = systemdDouble(mkdtempSync(join(directory.path, 'systemd-')))
  const confines: Confines[] = []
  const asUnit: Units['asUnit'] = (program, limits) => {
    confines.push(limits)
    return systemd.asUnit(program, limits)
  }
  const events: RestoreEvent[] = []
  const written = await writeInUnits({ asUnit, agent })('restore-one', {
    repository,
    prepared: await plan(wanted),
    target: await targetOf(wanted),
    manner: mannerOf(wanted),
    folders,
    signal,
    stopBetween,
    onEvent: (event) => {
      events.push(event)
      onEvent?.(event, systemd)
    },
  })
  return { written, events, confines, systemd }
}

function isBegun(event: RestoreEvent): boolean {
  return event.type === 'log' && event.text.startsWith('restic ')
}

function damage({ repository }: MadeRepository): void {
  const data = join(repository.access.url, 'data')
  for (const name of readdirSync(data, { recursive: true, encoding: 'utf8' })) {
    const path = join(data, name)
    if (statSync(path).isFile() && statSync(path).size > 10_000)
      writeFileSync(path, Buffer.alloc(100, 1), { flag: 'r+' })
  }
}

requireTool('restic')('a restore in a unit of its own', () => {
  test('ends as one in the agent does, item by item', async () => {
    await using directory = temporaryDirectory()
    const source = join(directory.path, 'source')
    mkdirSync(join(source, 'empty'), { recursive: true })
    for (const name of ['caf\u00e9', 'a b']) writeFileSync(join(source, name), name)
    writeFileSync(Buffer.from(`${source}/caf\xe9`, 'latin1'), 'bytes')
    const made = await makeRepository({ directory: directory.path, source })
    const targetPath = join(directory.path, 'target')
    const { written, confines, systemd } = await writeUnderDouble({ directory, ...made, targetPath })
    const other = await planAndRestore({ ...made, targetPath: join(directory.path, 'other') })
    const { exceptions, others, evidence, ...outcome } = other.outcome
    const { at, ...read } = evidence ?? { at: '' }
    expect(at).not.toBe('')
    expect(written).toMatchObject({ ...outcome, evidence: read, settlement: { exceptions, others } })
    expect(directoryState(targetPath)).toEqual(directoryState(source))

    const { cacheDirectory, access } = made.repository
    expect(confines).toHaveLength(1)
    expect(confines[0]?.writablePaths).toEqual([
      targetPath,
      cacheDirectory,
      join(access.url, 'locks'),
      expect.stringMatching(/\/restore-run-\w+$/),
    ])
    expect(systemd.told().join('\n')).not.toContain(access.password)
    expect(() => statSync(confines[0]?.writablePaths[3] ?? '')).toThrow(/ENOENT/)
  })

  test('over what is there may write to no more than its plan says, and gives folders back what they were', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { 'etc/hosts': 'old', 'srv/a': 'a' } })
    const targetPath = join(directory.path, 'target')
    await planAndRestore({ ...made, targetPath })
    writeFileSync(join(targetPath, 'etc/hosts'), 'changed and longer')
    const folder = { path: join(targetPath, 'etc'), mode: 0o750, uid: 0, gid: 0, modifiedMs: 1_600_000_000_250 }
    const owner = statSync(targetPath)
    const folders = [{ ...folder, uid: owner.uid, gid: owner.gid }]
    const { written } = await writeUnderDouble({ directory, ...made, targetPath, folders, include: ['/etc'] })
    expect(written).toMatchObject({ state: 'succeeded', settlement: { exceptions: [], others: [] } })
    expect(readFileSync(join(targetPath, 'etc/hosts'), 'utf8')).toBe('old')
    const { mode, mtimeMs } = statSync(folder.path)
    expect([mode & 0o7777, mtimeMs]).toEqual([folder.mode, folder.modifiedMs])
  })

  test('tells of damaged files what the agent itself would', async () => {
    await using directory = temporaryDirectory()
    const large = randomBytes(50_000)
    const made = await makeRepository({ directory: directory.path, files: { large, small: 's' } })
    damage(made)
    const { written } = await writeUnderDouble({ directory, ...made, targetPath: join(directory.path, 'target') })
    const other = await planAndRestore({ ...made, targetPath: join(directory.path, 'other') })
    // Which files share a damaged pack is restic's choice; that something failed is not.
    expect(written.state).toBe(other.outcome.state)
    expect(written.state).not.toBe('succeeded')
    expect(written.settlement?.exceptions.map(({ at, action }) => [at, action])).toEqual(
      other.outcome.exceptions.map(({ at, action }) => [at, action]),
    )
  })

  test('writes nothing to a folder that came to hold something', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path })
    const targetPath = join(directory.path, 'target')
    mkdirSync(targetPath)
    const { written } = await writeUnderDouble({
      directory,
      ...made,
      targetPath,
      onEvent: () => writeFileSync(join(targetPath, 'theirs'), ''),
    })
    const fault = { code: 'conflict', data: { what: 'target_not_empty', detail: targetPath } }
    expect(written).toMatchObject({ state: 'failed', fault, remark: 'Nothing was written.' })
    expect(readdirSync(targetPath)).toEqual(['theirs'])
  })

  test('that cannot begin says so, with what its unit said', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path })
    const agent = ['/bin/sh', '-c', `echo "no $0 of ${made.repository.access.password}" >&2; exit 226`] as const
    const { written } = await writeUnderDouble({
      directory,
      ...made,
      targetPath: join(directory.path, 'target'),
      agent,
    })
    expect(written).toEqual({
      state: 'failed',
      fault: {
        code: 'tool_failed',
        data: expect.objectContaining({ exitCode: 226, stderrTail: 'no carry-out of ***' }),
      },
      remark: 'Nothing was written.',
      evidence: null,
      settlement: null,
    })
  })

  test('that is killed is no success, and what it left is said to be incomplete', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path })
    const { written } = await writeUnderDouble({
      directory,
      ...made,
      targetPath: join(directory.path, 'target'),
      onEvent: (event, systemd) => {
        if (isBegun(event)) process.kill(systemd.started(), 'SIGKILL')
      },
    })
    expect(written).toMatchObject({ state: 'failed', fault: { code: 'tool_failed' }, settlement: null })
    expect(written.remark).toContain('is incomplete, even where it looks whole')
  })

  test('that is cancelled ends its unit, and says what is left', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path })
    const stop = new AbortController()
    const { written, systemd } = await writeUnderDouble({
      directory,
      ...made,
      targetPath: join(directory.path, 'target'),
      signal: stop.signal,
      onEvent: (event) => {
        if (isBegun(event)) stop.abort()
      },
    })
    expect(systemd.asked()).toContain('stop restore-agent-run-restore-one.service')
    // A small one may be done before it hears of it.
    expect(['cancelled', 'succeeded']).toContain(written.state)
  })

  test('hears that it is to end after a part', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { a: 'a' } })
    const scratch = mkdtempSync(join(directory.path, 'scratch-'))
    const stop = new AbortController()
    stop.abort()
    const script = `while [ ! -e "$TMPDIR/${STOP_FILE}" ]; do sleep 0.05; done; echo heard >"${scratch}/heard"; exit 1`
    const { written } = await writeUnderDouble({
      directory,
      ...made,
      targetPath: join(directory.path, 'target'),
      agent: ['/bin/sh', '-c', script],
      stopBetween: stop.signal,
    })
    expect(written.state).toBe('failed')
    expect(readFileSync(join(scratch, 'heard'), 'utf8')).toBe('heard\n')
  })
})
