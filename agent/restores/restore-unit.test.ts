import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RestoreEvent, RestoreOutcome } from '../../engine/restore/restore-event.ts'
import { directoryState } from '../../test/directory-state.ts'
import { type MadeRepository, makeRepository, requireTool } from '../../test/restic.ts'
import { plan, planAndRestore } from '../../test/restore.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'
import type { Confines } from '../sandbox/transient-unit.ts'
import { type SystemdDouble, systemdDouble } from '../testing/systemd-double.ts'
import { type Units, writeInUnits } from './restore-unit.ts'

const AGENT = [process.execPath, join(import.meta.dirname, '../index.ts')] as const

interface Written {
  readonly outcome: RestoreOutcome
  readonly events: readonly RestoreEvent[]
  readonly confines: readonly Confines[]
  readonly systemd: SystemdDouble
}

interface Wanted {
  readonly directory: TemporaryDirectory
  readonly made: MadeRepository
  readonly targetPath: string
  readonly agent?: Units['agent']
  readonly signal?: AbortSignal
  readonly onEvent?: (event: RestoreEvent, systemd: SystemdDouble) => void
}

async function writeUnderDouble(wanted: Wanted): Promise<Written> {
  const { directory, made, targetPath, agent = AGENT, signal, onEvent } = wanted
  const systemd = systemdDouble(mkdtempSync(join(directory.path, 'systemd-')))
  const confines: Confines[] = []
  const asUnit: Units['asUnit'] = (program, limits) => {
    confines.push(limits)
    return systemd.asUnit(program, limits)
  }
  const events: RestoreEvent[] = []
  const outcome = await writeInUnits({ asUnit, agent })('restore-one', {
    repository: made.repository,
    snapshot: { id: made.snapshotId },
    prepared: await plan({ ...made, targetPath }),
    targetPath,
    ...(signal === undefined ? {} : { signal }),
    onEvent: (event) => {
      events.push(event)
      onEvent?.(event, systemd)
    },
  })
  return { outcome, events, confines, systemd }
}

/** What does not depend on when restic speaks. */
function said(events: readonly RestoreEvent[]): string[] {
  return events
    .flatMap((event) => (event.type === 'item' ? [`${event.action} ${event.path} ${event.size}`] : []))
    .sort()
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
    const { outcome, events, confines, systemd } = await writeUnderDouble({ directory, made, targetPath })
    const other = await planAndRestore({ ...made, targetPath: join(directory.path, 'other') })
    expect(outcome).toEqual(other.outcome)
    expect(said(events)).toEqual(said(other.events))
    expect(directoryState(targetPath)).toEqual(directoryState(source))

    const { cacheDirectory, access } = made.repository
    expect(confines).toHaveLength(1)
    expect(confines[0]?.writablePaths).toEqual([
      targetPath,
      expect.stringMatching(/\/restore-run-\w+$/),
      cacheDirectory,
      join(access.url, 'locks'),
    ])
    expect(systemd.told().join('\n')).not.toContain(access.password)
    expect(() => statSync(confines[0]?.writablePaths[1] ?? '')).toThrow(/ENOENT/)
  })

  test('tells of damaged files what the agent itself would', async () => {
    await using directory = temporaryDirectory()
    const large = randomBytes(50_000)
    const made = await makeRepository({ directory: directory.path, files: { large, small: 's' } })
    damage(made)
    const { outcome } = await writeUnderDouble({ directory, made, targetPath: join(directory.path, 'target') })
    const other = await planAndRestore({ ...made, targetPath: join(directory.path, 'other') })
    // Which files share a damaged pack is restic's choice; that something failed is not.
    expect(outcome.state).toBe(other.outcome.state)
    expect(outcome.state).not.toBe('succeeded')
    expect(outcome.items?.map(({ path, action }) => [path, action])).toEqual(
      other.outcome.items?.map(({ path, action }) => [path, action]),
    )
  })

  test('writes nothing to a folder that came to hold something', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path })
    const targetPath = join(directory.path, 'target')
    mkdirSync(targetPath)
    writeFileSync(join(targetPath, 'theirs'), '')
    const { outcome } = await writeUnderDouble({ directory, made, targetPath })
    const fault = { code: 'conflict', data: { what: 'target_not_empty', detail: targetPath } }
    expect(outcome).toEqual({ state: 'failed', fault, remark: 'Nothing was written.', items: null })
  })

  test('that cannot begin says so, with what its unit said', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path })
    const agent = ['/bin/sh', '-c', `echo "no $0 of ${made.repository.access.password}" >&2; exit 226`] as const
    const { outcome } = await writeUnderDouble({ directory, made, targetPath: join(directory.path, 'target'), agent })
    expect(outcome).toMatchObject({
      state: 'failed',
      fault: { code: 'tool_failed', data: { exitCode: 226, stderrTail: 'no carry-out of ***' } },
      remark: 'Nothing was written.',
    })
  })

  test('that is killed is no success, and its target is said to be incomplete', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path })
    const { outcome } = await writeUnderDouble({
      directory,
      made,
      targetPath: join(directory.path, 'target'),
      onEvent: (event, systemd) => {
        if (event.type === 'log' && event.text.startsWith('restic ')) process.kill(systemd.started(), 'SIGKILL')
      },
    })
    expect(outcome).toMatchObject({ state: 'failed', fault: { code: 'tool_failed' } })
    expect(outcome.remark).toContain('is incomplete, even where it looks whole')
  })

  test('that is cancelled ends its unit, and says what is left', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path })
    const stop = new AbortController()
    const { outcome, systemd } = await writeUnderDouble({
      directory,
      made,
      targetPath: join(directory.path, 'target'),
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'log' && event.text.startsWith('restic ')) stop.abort()
      },
    })
    expect(systemd.asked()).toContain('stop restore-agent-run-restore-one.service')
    // A small one may be done before it hears of it.
    expect(['cancelled', 'succeeded']).toContain(outcome.state)
  })
})
