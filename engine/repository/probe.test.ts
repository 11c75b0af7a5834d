import { spawn } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryState } from '../../test/directory-state.ts'
import { startRestServer } from '../../test/rest-server.ts'
import { makeRepository, repositoryAt, requireTool } from '../../test/restic.ts'
import { startS3Server } from '../../test/s3-server.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { ResticRepository } from '../restic/repository.ts'
import { probeRepository } from './probe.ts'

const withAccess = (repository: ResticRepository, access: Partial<ResticRepository['access']>): ResticRepository => ({
  ...repository,
  access: { ...repository.access, ...access },
})

requireTool('restic')('testing a repository on this computer', () => {
  it('says what is in it and leaves it as it was', async () => {
    await using directory = temporaryDirectory()
    const { repository } = await makeRepository({ directory: directory.path })
    const before = directoryState(repository.access.url)
    expect(await probeRepository(repository, {})).toEqual({ snapshots: 1, lockedBy: null })
    expect(directoryState(repository.access.url)).toEqual(before)
  })

  it('tells its failures apart and writes nothing', async () => {
    await using directory = temporaryDirectory()
    const { repository } = await makeRepository({ directory: directory.path })
    const file = join(directory.path, 'a-file')
    await writeFile(file, '')
    const before = directoryState(directory.path)
    const failures = {
      wrong_password: withAccess(repository, { password: 'wrong' }),
      repository_not_initialised: repositoryAt(directory.path, { url: join(directory.path, 'nowhere') }),
      unreachable: repositoryAt(directory.path, { url: file }),
      tool_missing: { ...repository, restic: { path: join(directory.path, 'restic'), version: '0.18.0' } },
    }
    for (const [code, broken] of Object.entries(failures)) {
      await expect(probeRepository(broken, {})).rejects.toMatchObject({ code })
    }
    expect(directoryState(directory.path)).toEqual(before)
  })

  it('names the one who holds it for himself alone', async () => {
    await using directory = temporaryDirectory()
    const { repository } = await makeRepository({ directory: directory.path })
    using holder = await holdExclusively(repository)
    expect(await probeRepository(repository, {})).toEqual({
      snapshots: 1,
      lockedBy: expect.stringMatching(new RegExp(`^\\S+@\\S+ \\(${holder.pid}\\)$`)),
    })
  })
})

requireTool('restic', 'rest-server')('testing a repository on a REST server', () => {
  it('tells its failures apart and leaves the server as it was', async () => {
    await using directory = temporaryDirectory()
    await using server = await startRestServer({
      directory: join(directory.path, 'server'),
      users: { olivia: 'open sesame', peter: 'other' },
      privateRepos: true,
    })
    const { repository } = await makeRepository({
      directory: directory.path,
      access: { url: `rest:${server.url}olivia/web/`, username: 'olivia', serverPassword: 'open sesame' },
    })
    const before = directoryState(server.repositoryDirectory('olivia'))
    expect(await probeRepository(repository, {})).toEqual({ snapshots: 1, lockedBy: null })

    const refused = { code: 'unauthenticated', data: { by: 'backend' } }
    const failures = [
      [{ serverPassword: 'wrong' }, refused],
      [{ username: '', serverPassword: '' }, refused],
      [{ username: 'peter', serverPassword: 'other' }, refused],
      [{ password: 'wrong' }, { code: 'wrong_password' }],
      [{ url: `rest:${server.url}olivia/other` }, { code: 'repository_not_initialised' }],
    ] as const
    for (const [access, fault] of failures) {
      await expect(probeRepository(withAccess(repository, access), {})).rejects.toMatchObject(fault)
    }
    expect(directoryState(server.repositoryDirectory('olivia'))).toEqual(before)
  })
})

requireTool(
  'restic',
  's3-gateway',
  's3-gateway-admin',
)('testing a repository in an S3 store', () => {
  it('tells its failures apart at once, where restic would go on trying', async () => {
    await using directory = temporaryDirectory()
    await using server = await startS3Server({ directory: join(directory.path, 'server') })
    const made = await makeRepository({ directory: directory.path })
    await server.createBucket('bucket')
    await server.upload(made.repository.access.url, 'bucket', 'web')
    const repository = repositoryAt(directory.path, {
      url: `s3:${server.url}bucket/web`,
      username: server.username,
      serverPassword: server.password,
    })
    expect(await probeRepository(repository, {})).toEqual({ snapshots: 1, lockedBy: null })

    const refused = { code: 'unauthenticated', data: { by: 'backend' } }
    const failures = [
      [{ serverPassword: 'wrong' }, refused],
      [{ username: 'NOBODY' }, refused],
      [{ password: 'wrong' }, { code: 'wrong_password' }],
      [{ url: `s3:${server.url}bucket/other` }, { code: 'repository_not_initialised' }],
      [{ url: `s3:${server.url}elsewhere/web` }, { code: 'repository_not_initialised' }],
    ] as const
    for (const [access, fault] of failures) {
      await expect(probeRepository(withAccess(repository, access), {})).rejects.toMatchObject(fault)
    }
  })
})

describe('testing a repository that cannot be reached', () => {
  const somewhere = (url: string): ResticRepository => ({
    restic: { path: '/nowhere/restic', version: '0.18.0' },
    access: { url, username: 'olivia', serverPassword: 'open sesame', password: 'secret' },
    cacheDirectory: '/nowhere/cache',
    mark: {},
  })

  it('gives the words of the network', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    const port = await portOf(closed)
    await new Promise((resolve) => closed.close(resolve))
    for (const url of [`rest:http://127.0.0.1:${port}/`, `s3:http://127.0.0.1:${port}/bucket`]) {
      await expect(probeRepository(somewhere(url), {})).rejects.toMatchObject({
        code: 'unreachable',
        data: { host: `127.0.0.1:${port}`, why: { code: 'nothing_listens' } },
      })
    }
    for (const url of ['rest:http://nowhere.invalid/', 's3:http://nowhere.invalid/bucket']) {
      await expect(probeRepository(somewhere(url), {})).rejects.toMatchObject({
        code: 'unreachable',
        data: { host: 'nowhere.invalid' },
      })
    }
  })

  it('does not wait for ever, and not at all once it is cancelled', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    const port = await portOf(silent)
    for (const url of [`rest:http://127.0.0.1:${port}/`, `s3:http://127.0.0.1:${port}/bucket`]) {
      const repository = somewhere(url)
      await expect(probeRepository(repository, { patienceMilliseconds: 100 })).rejects.toMatchObject({
        code: 'unreachable',
        data: { why: { code: 'no_answer' } },
      })
      const stop = new AbortController()
      setTimeout(() => stop.abort(), 20)
      await expect(probeRepository(repository, { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' })
    }
    silent.close()
  })

  it('does not hand credentials to a place it is sent on to, and leaves that to restic', async () => {
    let asked = 0
    const elsewhere = createHttpServer((_, response) => {
      asked += 1
      response.end()
    })
    elsewhere.listen(0, '127.0.0.1')
    const port = await portOf(elsewhere)
    const redirecting = createHttpServer((_, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${port}/config` }).end()
    })
    redirecting.listen(0, '127.0.0.1')
    const url = `rest:http://127.0.0.1:${await portOf(redirecting)}/`
    await expect(probeRepository(somewhere(url), {})).rejects.toMatchObject({ code: 'tool_missing' })
    expect(asked).toBe(0)
    redirecting.close()
    elsewhere.close()
  })

  it('refuses an address that is none', async () => {
    await expect(probeRepository(somewhere('rest:nonsense'), {})).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

requireTool('restic')('testing a repository that only restic can tell about', () => {
  it('gives what restic complained of when it has tried in vain', async () => {
    await using directory = temporaryDirectory()
    const redirecting = createHttpServer((_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/config' }).end()
    })
    redirecting.listen(0, '127.0.0.1')
    const host = `127.0.0.1:${await portOf(redirecting)}`
    const repository = repositoryAt(directory.path, { url: `rest:http://${host}/` })
    await expect(probeRepository(repository, {})).rejects.toMatchObject({
      code: 'unreachable',
      data: { host, reason: expect.stringContaining('refused') },
    })
    redirecting.close()
  })
})

async function portOf(server: Server): Promise<number> {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** A prune that is frozen as soon as it has its lock, which is an exclusive one. */
async function holdExclusively(
  repository: ResticRepository,
): Promise<Disposable & { readonly pid: number | undefined }> {
  const holder = spawn(repository.restic.path, ['prune'], {
    env: { RESTIC_REPOSITORY: repository.access.url, RESTIC_PASSWORD: repository.access.password, HOME: '/dev/null' },
    stdio: 'ignore',
  })
  await expect.poll(() => readdir(join(repository.access.url, 'locks')), { timeout: 10_000 }).toHaveLength(1)
  holder.kill('SIGSTOP')
  return { pid: holder.pid, [Symbol.dispose]: () => void holder.kill('SIGKILL') }
}
