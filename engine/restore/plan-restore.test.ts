import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { directoryState } from '../../test/directory-state.ts'
import { type MadeRepository, makeRepository, requireTool } from '../../test/restic.ts'
import { plan } from '../../test/restore.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'

const FILES = {
  'etc/hosts': '127.0.0.1 localhost',
  'etc/nginx/nginx.conf': 'events {}',
  'etc/empty': '',
  'srv/[a]*': 'x',
}

requireTool('restic')('planning a restore with the real restic', () => {
  let directory: TemporaryDirectory
  let made: MadeRepository
  beforeAll(async () => {
    directory = temporaryDirectory()
    made = await makeRepository({ directory: directory.path, files: FILES })
  })
  afterAll(() => directory[Symbol.asyncDispose]())

  it('counts files and bytes and writes nothing anywhere', async () => {
    const temporary = join(directory.path, 'temporary')
    mkdirSync(temporary)
    vi.stubEnv('TMPDIR', temporary)
    const watched = [join(directory.path, 'repository'), made.source, temporary]
    const before = [watched.map(directoryState), readdirSync(directory.path)]
    const targetPath = join(directory.path, 'target')
    const prepared = await plan({ ...made, targetPath, include: ['/etc', '/srv/[a]*'], exclude: ['/etc/hosts'] })
    vi.unstubAllEnvs()
    expect(prepared).toMatchObject({ files: 3, bytes: 10 })
    expect([watched.map(directoryState), readdirSync(directory.path)]).toEqual(before)
  })

  it('gives one hash for one question and another for any other', async () => {
    const question = { ...made, targetPath: '/target', include: ['/etc', '/srv'] }
    const { hash } = await plan(question)
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect((await plan({ ...question, include: ['/srv', '/etc'] })).hash).toBe(hash)
    expect((await plan({ ...question, targetPath: '/other' })).hash).not.toBe(hash)
    expect((await plan({ ...question, include: ['/etc'] })).hash).not.toBe(hash)
  })

  it('refuses a selected path that the snapshot does not have, though restic calls it a success', async () => {
    const refusal = plan({ ...made, targetPath: '/target', include: ['/etc/hosts', '/etc/gone\n'] })
    await expect(refusal).rejects.toMatchObject({ code: 'not_found', data: { what: 'path', id: '/etc/gone\\n' } })
  })

  it('refuses a selection that holds nothing', async () => {
    const refusal = plan({ ...made, targetPath: '/target', include: ['/etc'], exclude: ['/etc'] })
    await expect(refusal).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('says so when the password is wrong', async () => {
    const access = { ...made.repository.access, password: 'guessed' }
    const refusal = plan({ ...made, repository: { ...made.repository, access }, targetPath: '/target' })
    await expect(refusal).rejects.toMatchObject({ code: 'wrong_password' })
  })

  it('stops when it is told to', async () => {
    const signal = AbortSignal.timeout(1)
    await expect(plan({ ...made, targetPath: '/target' }, { signal })).rejects.toMatchObject({ code: 'cancelled' })
  })
})
