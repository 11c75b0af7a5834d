import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { agentContract } from '../../contract/agent/index.ts'
import { connect } from '../../contract/wire/client.ts'
import { requireTool, restic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { dialAgent } from '../listen/dial-socket.ts'
import { agentProgram, serveProgram } from '../testing/agent-program.ts'

test('says which version it is, and of what', async () => {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')))
  expect(await agentProgram(['--version'])).toMatchObject({ code: 0, out: `restore-agent ${version}\n`, err: '' })
})

requireTool('restic')('what was carried out', () => {
  test('is listed newest first, in words and as lines of JSON, no more of it than was asked for', async () => {
    await using directory = temporaryDirectory()
    const data = join(directory.path, 'data')
    const where = ['--data-directory', data]
    await using _ = await serveProgram([...where, '--listen', 'none', '--restic', restic().path])
    expect(await agentProgram(['runs', ...where])).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining('Nothing has been carried out'),
    })
    const client = connect(
      agentContract,
      await dialAgent(data, { origin: 'a test', peer: 'root@host', wants: 'agent' }),
    )
    const access = { url: join(directory.path, 'one'), username: '', serverPassword: '', password: 'correct horse' }
    const { id: repositoryId } = await client.repository.add({ name: 'one', access })
    const first = await client.repository.initialise({ repositoryId, again: null, requestKey: randomUUID() })
    for await (const _ of await client.run.follow({ runId: first.id }));
    await client.repository.setBackup({
      repositoryId,
      backup: { paths: [join(import.meta.dirname, 'runs.ts')], exclude: [] },
    })
    const second = await client.repository.backUp({ repositoryId, requestKey: randomUUID() })
    for await (const _ of await client.run.follow({ runId: second.id }));

    const { out } = await agentProgram(['runs', ...where])
    const [head = '', ...rows] = out.trimEnd().split('\n')
    expect(head).toMatch(/^RUN +KIND +STATE/)
    expect(rows.map((row) => row.split(/ {2,}/).slice(0, 3))).toEqual([
      [second.id, 'backup', 'succeeded'],
      [first.id, 'init', 'succeeded'],
    ])
    const newest = await agentProgram(['runs', '--json', '--limit', '1', ...where])
    expect(
      newest.out
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toMatchObject([{ id: second.id }])
  })
})
