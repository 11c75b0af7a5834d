import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryState } from '../../../test/directory-state.ts'
import { noise } from '../../../test/noise.ts'
import { type MadeRepository, makeRepository, requireTool, runRestic } from '../../../test/restic.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import type { ResticRepository } from '../../restic/repository.ts'
import { chooseBackend, chooseLocks } from '../native/backends/choose-backend.ts'
import { type Gateway, openGateway } from './gateway.ts'

const MEBIBYTE = 2 ** 20

requireTool('restic')('a repository behind a gateway', () => {
  it('is what restic finds it to be, every byte of it', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({
      directory: directory.path,
      files: { small: 'small', large: noise(1, MEBIBYTE) },
    })
    await using gateway = await gatewayTo(made, { locks: false })
    const through = throughGateway(made.repository, gateway)
    const checked = await runRestic(through, ['check', '--read-data', '--no-lock', '--no-cache'])
    expect(checked).toContain('no errors were found')
    const listed = ['ls', '--json', '--long', '--no-lock', made.snapshotId]
    expect(await runRestic(through, listed)).toBe(await runRestic(made.repository, listed))
  })

  it('takes no file, and removes none', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { small: 'small' } })
    await using gateway = await gatewayTo(made, { locks: true })
    const through = throughGateway(made.repository, gateway)
    const folder = join(directory.path, 'repository')
    const before = filesIn(folder)
    await expect(runRestic(through, ['backup', made.source, '--force'])).rejects.toThrow('403')
    // It says that it could not, and ends well all the same.
    await runRestic(through, ['forget', made.snapshotId])
    expect(filesIn(folder)).toEqual(before)
  })

  it('is locked by whoever reads it through the gateway, and free again', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { small: 'small' } })
    await using gateway = await gatewayTo(made, { locks: true })
    const id = '5'.repeat(64)
    const sealed = Buffer.from('a lock, sealed')
    const lock = await ask(gateway, 'POST', `locks/${id}`, { body: sealed })
    expect(lock.status).toBe(200)
    expect(readdirSync(join(directory.path, 'repository/locks'))).toEqual([id])
    expect(await (await ask(gateway, 'GET', 'locks/')).json()).toEqual([{ name: id, size: sealed.length }])
    expect((await ask(gateway, 'DELETE', `locks/${id}`)).status).toBe(200)
    expect((await ask(gateway, 'DELETE', `locks/${id}`)).status).toBe(200)
    expect(readdirSync(join(directory.path, 'repository/locks'))).toEqual([])
    await runRestic(throughGateway(made.repository, gateway), ['ls', made.snapshotId])
    expect(readdirSync(join(directory.path, 'repository/locks'))).toEqual([])
  })

  it.each([
    ['GET', 'config', 401, { password: 'another' }],
    ['GET', 'config', 401, { password: null }],
    ['POST', 'locks/x', 403, {}],
    ['POST', `data/${'a'.repeat(64)}`, 403, {}],
    ['DELETE', `snapshots/${'a'.repeat(64)}`, 403, {}],
    ['DELETE', 'config', 403, {}],
    ['PUT', `data/${'a'.repeat(64)}`, 405, {}],
    ['GET', `data/${'a'.repeat(64)}`, 404, {}],
    ['GET', 'data/../../secret', 404, {}],
    ['GET', 'elsewhere/', 404, {}],
  ] as const)('answers %s %s with %i %o', async (method, path, status, options) => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { small: 'small' } })
    await using gateway = await gatewayTo(made, { locks: true })
    expect((await ask(gateway, method, path, options)).status).toBe(status)
  })

  it('is gone when it is closed', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { small: 'small' } })
    const gateway = await gatewayTo(made, { locks: false })
    expect((await ask(gateway, 'GET', 'config')).status).toBe(200)
    await gateway[Symbol.asyncDispose]()
    await expect(ask(gateway, 'GET', 'config')).rejects.toThrow()
  })
})

async function gatewayTo({ repository }: MadeRepository, { locks }: { readonly locks: boolean }): Promise<Gateway> {
  const backend = chooseBackend(repository)
  if (backend === undefined) throw new Error('There is no backend for this repository.')
  return await openGateway({ backend, locks: locks ? chooseLocks(repository) : undefined })
}

function throughGateway(repository: ResticRepository, { url, username, password }: Gateway): ResticRepository {
  return { ...repository, access: { ...repository.access, url: `rest:${url}`, username, serverPassword: password } }
}

/** All but the folder of locks, in which some come and go. */
function filesIn(folder: string): string[] {
  return directoryState(folder).filter((line) => !line.startsWith('./locks '))
}

interface Question {
  readonly password?: string | null
  readonly body?: Buffer
}

function ask(
  { url, username, password }: Gateway,
  method: string,
  path: string,
  { password: other, body }: Question = {},
): Promise<Response> {
  const given = `Basic ${Buffer.from(`${username}:${other ?? password}`).toString('base64')}`
  return fetch(`${url}${path}`, {
    method,
    headers: other === null ? {} : { authorization: given },
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  })
}
