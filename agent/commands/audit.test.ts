import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { agentProgram, serveProgram } from '../testing/agent-program.ts'
import { byHand } from '../testing/tampered-audit.ts'

const INVITE = ['enrol', '--role', 'viewer', '--workspace', 'ops', '--address', 'db-01:7420']

async function served(directory: string) {
  const data = join(directory, 'data')
  const where = ['--data-directory', data]
  const program = await serveProgram([...where, '--listen', 'none'])
  const audit = (...args: readonly string[]) => agentProgram(['audit', ...args, ...where])
  const invite = async (): Promise<void> => {
    expect(await agentProgram([...INVITE, ...where])).toMatchObject({ code: 0 })
  }
  return {
    program,
    database: join(data, 'agent.db'),
    data,
    audit,
    invite,
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  }
}

test('the audit is checked while the agent runs and after it was killed, and an anchor shows what was cut off', async () => {
  await using directory = temporaryDirectory()
  await using agent = await served(directory.path)
  await agent.invite()
  await agent.invite()
  const anchored = await agent.audit('anchor')
  expect(anchored).toMatchObject({ code: 0, err: '' })
  expect(anchored.out.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(anchored.out)).toMatchObject({ sequence: 4, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  const file = join(directory.path, 'anchors')
  writeFileSync(file, `an earlier line\n${anchored.out}`)
  await agent.invite()
  const whole = {
    code: 0,
    out: expect.stringMatching(/as it was written: 6 entries.* from the anchor of .* its entry 4\./),
  }
  expect(await agent.audit('verify', '--anchor', file)).toMatchObject({ ...whole, err: '' })

  await agent.program.stop('SIGKILL')
  const before = bytesOf(agent.data)
  const err = 'restore-agent: The agent does not run: its journal was read without it.\n'
  expect(await agent.audit('verify', '--anchor', file)).toMatchObject({ ...whole, err })
  expect(bytesOf(agent.data)).toEqual(before)
  expect(await agent.audit('anchor')).toMatchObject({ code: 1, err: expect.stringContaining('is not running') })

  byHand(agent.database, ({ run }) => run('DELETE FROM audit WHERE sequence > 2'))
  expect(await agent.audit('verify')).toMatchObject({ code: 0, out: expect.stringContaining('2 entries') })
  expect(await agent.audit('verify', '--anchor', file)).toMatchObject({
    code: 3,
    out: '',
    err: expect.stringMatching(
      /Entries 3 to 4 were cut off: the audit ends before the anchor of .*stands entry 2: .*done\./,
    ),
  })
})

test('a running agent names what was changed before it was started, and gives no anchor of it', async () => {
  await using directory = temporaryDirectory()
  const first = await served(directory.path)
  await first.invite()
  await first.invite()
  await first.program.stop()
  byHand(first.database, ({ run }) =>
    run(`UPDATE audit SET body = replace(body, 'viewer', 'admin') WHERE sequence = 3`),
  )
  await using agent = await served(directory.path)
  const said = /^restore-agent: Entry 3 was changed\. There stands: 20.*peer\.invite: Make a code for admin of ops.*\n$/
  expect(await agent.audit('verify')).toMatchObject({ code: 3, out: '', err: expect.stringMatching(said) })
  const { code, out } = await agent.audit('verify', '--json')
  expect({ code, check: JSON.parse(out) }).toMatchObject({
    code: 3,
    check: { whole: 2, broken: { sequence: 3, wrong: 'changed', follows: { sequence: 2 } } },
  })
  expect(await agent.audit('anchor')).toMatchObject({ code: 1, err: expect.stringContaining('from entry 3 on') })
  expect(await agent.audit('list')).toMatchObject({ code: 3, err: expect.stringContaining('audit verify') })
})

test.each([
  [['verify'], 1, 'There is no journal'],
  [['anchor'], 1, 'is not running'],
  [['forget'], 2, 'can be listed, verified, or anchored'],
  [['verify', 'it'], 2, 'nothing to do with it'],
  [['list', '--anchor', 'x'], 2, 'An anchor is for'],
  [['verify', '--anchor', '/nonexistent'], 1, 'The anchor in /nonexistent cannot be read: ENOENT'],
  [['verify', '--anchor', import.meta.filename], 1, 'its last line is no anchor'],
])('audit %j says in one line what is so', async (args, code, sentence) => {
  await using directory = temporaryDirectory()
  const result = await agentProgram(['audit', ...args, '--data-directory', join(directory.path, 'data')])
  expect(result).toMatchObject({ code, out: '', err: expect.stringContaining(sentence) })
})

/** What the record is kept in, as digests. */
function bytesOf(directory: string): string[] {
  return ['agent.db', 'agent.db-wal'].map((name) =>
    createHash('sha256')
      .update(readFileSync(join(directory, name)))
      .digest('hex'),
  )
}
