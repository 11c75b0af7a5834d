import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { headlessConsole, spawnHeadless } from '../test/headless-console.ts'
import { startRestServer } from '../test/rest-server.ts'
import { makeRepository, requireTool } from '../test/restic.ts'
import { newRestore } from '../test/restore-request.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { startThrottlingProxy } from '../test/throttling-proxy.ts'

async function runToEnd(args: readonly string[]) {
  const child = spawnHeadless(args)
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  await once(child, 'close')
  return { code: child.exitCode, stdout, stderr }
}

test('says its version and how it is used, and refuses what it does not know', async () => {
  expect(await runToEnd(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' })
  expect((await runToEnd(['--help'])).stdout).toContain('--passphrase-file PATH')
  expect(await runToEnd(['--bogus'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--bogus') })
  expect(await runToEnd(['--port', '70000'])).toMatchObject({ code: 2, stderr: expect.stringContaining('70000') })
})

requireTool('restic')('the headless console, with the real agent and the real restic', () => {
  test('a second console is told who holds the data directory; a signal ends the first cleanly', async () => {
    await using directory = temporaryDirectory()
    await using console = await headlessConsole(directory.path)
    const second = await runToEnd(['--data-dir', join(directory.path, 'data')])
    expect(second).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`${console.process.pid}`) })
    expect(await console.end('SIGTERM')).toBe(0)
    await using again = await headlessConsole(directory.path)
    expect(again.hostId).toBe(console.hostId)
  })

  test('goes on where nobody takes what it says any more', async () => {
    await using directory = temporaryDirectory()
    await using console = await headlessConsole(directory.path)
    const { client, hostId } = console
    console.process.stdout?.destroy()
    console.process.stderr?.destroy()
    const { id: runId } = await client.repositories.createSample({ hostId, requestKey: randomUUID() })
    for await (const event of await client.runs.follow({ hostId, runId })) {
      if (event.type === 'state' && event.run.endedAt !== null) break
    }
    expect(await client.runs.get({ hostId, runId })).toMatchObject({ state: 'succeeded' })
    expect(await console.end('SIGTERM')).toBe(0)
  })

  test('the whole way: add, browse, restore, watch, find it in the audit; no secret stays anywhere', async () => {
    await using directory = temporaryDirectory()
    const content = randomBytes(200_000)
    const made = await makeRepository({
      directory: join(directory.path, 'made'),
      files: { 'etc/a b[1].txt': 'kept\n', 'etc/big': content, 'other/c': 'not asked for' },
    })
    await using console = await headlessConsole(directory.path)
    const { client, hostId } = console
    const { password } = made.repository.access
    const access = { url: made.repository.access.url, username: '', serverPassword: '', password }
    await expect(client.repositories.test({ hostId, ...access, password: 'wrong-one-4711' })).rejects.toMatchObject({
      code: 'wrong_password',
    })
    expect(await client.repositories.test({ hostId, ...access })).toMatchObject({ snapshots: 1 })
    const { id: repositoryId } = await client.repositories.add({ hostId, name: 'made', access })

    const { snapshots } = await client.snapshots.list({ hostId, repositoryId })
    expect(snapshots.id).toEqual([made.snapshotId])
    const root = { hostId, repositoryId, treeId: snapshots.treeId[0] ?? '', offset: 0, limit: 100 }
    expect((await client.tree.list(root)).nodes.name).toEqual(['etc', 'other'])

    const restore = {
      hostId,
      request: newRestore(made.snapshotId, { repositoryId, include: ['/etc'] }),
      planHash: null,
      requestKey: randomUUID(),
    }
    const { id: runId } = await client.restores.start(restore)
    let last: string | undefined
    for await (const event of await client.runs.follow({ hostId, runId })) {
      if (event.type === 'state') last = event.run.state
    }
    expect(last).toBe('succeeded')
    const { subject } = await client.runs.get({ hostId, runId })
    if (subject.kind !== 'restore') throw new Error('not a restore')
    expect(readFileSync(join(subject.targetPath, 'etc', 'big')).equals(content)).toBe(true)
    expect(readFileSync(join(subject.targetPath, 'etc', 'a b[1].txt'), 'utf8')).toBe('kept\n')
    expect(readdirSync(subject.targetPath)).toEqual(['etc'])
    await expect
      .poll(() => client.audit.recent({ hostId, limit: 1 }))
      .toMatchObject([{ action: 'host.restore', runId, outcome: 'succeeded', files: 2, summary: '/etc' }])

    expect(await console.end('SIGINT')).toBe(0)
    expect(filesWith(join(directory.path, 'data'), [password, 'wrong-one-4711', 'a passphrase for tests'])).toEqual([])
    expect(console.output()).not.toContain(password)
  })
})

requireTool('restic', 'rest-server')('a console that is killed in the middle of a restore', () => {
  test('finds the run interrupted when it starts again, in the audit too', async () => {
    await using directory = temporaryDirectory()
    await using server = await startRestServer({ directory: join(directory.path, 'server') })
    const made = await makeRepository({
      directory: join(directory.path, 'made'),
      access: { url: `rest:${server.url}made/` },
      files: Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`${at}`, randomBytes(500_000)])),
    })
    await using slow = await startThrottlingProxy(server.port, 400_000)
    const { password } = made.repository.access
    const access = { url: `rest:http://127.0.0.1:${slow.port}/made/`, username: '', serverPassword: '', password }
    const requestKey = randomUUID()
    await using console = await headlessConsole(directory.path)
    const { hostId } = console
    const { id: repositoryId } = await console.client.repositories.add({ hostId, name: '', access })
    const { id: runId } = await console.client.restores.start({
      hostId,
      request: newRestore(made.snapshotId, { repositoryId }),
      planHash: null,
      requestKey,
    })
    for await (const event of await console.client.runs.follow({ hostId, runId })) {
      if (event.type === 'progress' && event.progress.phase === 'restoring') break
    }
    await console.end('SIGKILL')

    await using again = await headlessConsole(directory.path)
    expect(await again.client.runs.get({ hostId, runId })).toMatchObject({ state: 'interrupted' })
    await expect
      .poll(() => again.client.audit.recent({ hostId, limit: 1 }))
      .toMatchObject([{ runId, requestKey, outcome: 'interrupted' }])
  })
})

/** Files below a folder that hold one of the texts, as UTF-8 or as UTF-16. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => needles.some((needle) => readFileSync(file).includes(needle)))
}
