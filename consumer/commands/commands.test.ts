import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { consumerWorld, IDS } from '../../test/consumer-world.ts'
import { requireTool } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'

const run = promisify(execFile)
const PROGRAM = join(import.meta.dirname, '../index.ts')
const never = new AbortController().signal

async function called(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [PROGRAM, ...args])
    return { code: 0, said: stdout + stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as {
      readonly code: number
      readonly stdout: string
      readonly stderr: string
    }
    return { code, said: stdout + stderr }
  }
}

it.each([
  [['--help'], 0, /restore-consumer/],
  [['serve', '--help'], 0, /--budget 200Gi/],
  [['nonsense'], 2, /There is no command nonsense/],
  [['enrol', 'https://plane.example'], 2, /Say "enrol URL CODE --pin PIN"/],
  [['serve', '--interval', 'soon'], 2, /--interval is a duration such as 30s or 2h 30m, and not soon/],
  [['serve', '--budget', '20T'], 2, /--budget is a size such as 200Gi, and not 20T/],
])('%j ends with %i and says what is so', async (args, code, said) => {
  await using directory = temporaryDirectory()
  const where = args.includes('--help') || args[0] === 'nonsense' ? [] : ['--data-dir', directory.path]
  expect(await called(...args, ...where)).toEqual({ code, said: expect.stringMatching(said) })
})

it('says where nobody answers, and that it is enrolled nowhere', async () => {
  await using directory = temporaryDirectory()
  const where = ['--data-dir', directory.path]
  const enrolled = await called('enrol', 'https://127.0.0.1:9', 'code', '--pin', 'a'.repeat(43), ...where)
  expect(enrolled).toEqual({ code: 1, said: expect.stringContaining('cannot be reached') })
  expect(await called('serve', ...where)).toEqual({ code: 1, said: expect.stringContaining('enrolled nowhere') })
})

requireTool('restic', 'rest-server')('a consumer that has worked', () => {
  it('tells how its replicas stand, has one verified again, and lets no second one in', async () => {
    await using world = await consumerWorld()
    const where = ['--data-dir', world.settings.dataDirectory]
    expect((await called('status', ...where)).said).toContain('There is nothing to restore')
    world.list(world.entry())
    await using composed = await world.start()
    await composed.consumer.fetch(never)
    await composed.consumer.beat(never)
    await composed.consumer.idle()
    expect((await called('status', ...where)).said).toMatch(
      /^shop-verify {2}files {2}verify {2}[0-9a-f]{8} {2}verified {2}proven/,
    )
    const { said } = await called('status', '--json', ...where)
    expect(JSON.parse(said)).toMatchObject({ name: 'shop-verify', snapshot: world.repository.snapshotId, error: null })
    expect((await called('verify-now', 'shop-verify', ...where)).said).toContain('1 to be restored again')
    expect(composed.ledger.replica(`${IDS.replica} ${IDS.machine}`)?.forced).toBe(true)
    expect(await called('verify-now', 'other', ...where)).toMatchObject({ code: 2 })
    await expect(world.start()).rejects.toMatchObject({ data: { what: 'data_directory_in_use' } })
    const second = await called('serve', ...where, '--restic', world.settings.resticCandidates[0] ?? '')
    expect(second).toEqual({
      code: 1,
      said: expect.stringContaining('Another consumer works with this data directory'),
    })
  })

  it('told to stop while a program looks at what was restored, ends all of it and leaves nothing', async () => {
    await using world = await consumerWorld()
    await using open = temporaryDirectory()
    chmodSync(open.path, 0o777)
    const slow = join(open.path, 'slow')
    writeFileSync(slow, '#!/bin/sh\n: >"$0.begun"\nexec sleep 60\n', { mode: 0o755 })
    world.list(world.entry())
    const [restic = ''] = world.settings.resticCandidates
    const where = ['--data-dir', world.settings.dataDirectory, '--restic', restic]
    const consumer = spawn(process.execPath, [PROGRAM, 'serve', ...where, '--command', slow], { stdio: 'pipe' })
    const ended = once(consumer, 'exit')
    // Nobody takes its log any more.
    consumer.stderr.once('data', () => consumer.stderr.destroy())
    await expect.poll(() => existsSync(`${slow}.begun`) || consumer.exitCode, { timeout: 30_000 }).toBe(true)
    consumer.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    await using composed = await world.start()
    const [attempt] = composed.ledger.attempts(`${IDS.replica} ${IDS.machine}`, 1)
    expect(attempt?.outcome).toBe('cancelled')
    expect(readdirSync(world.settings.scratch)).toEqual([])
  })
})
