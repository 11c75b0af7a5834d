import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryState } from './directory-state.ts'
import { startRestServer } from './rest-server.ts'
import { makeRepository, requireTool, runRestic } from './restic.ts'
import { temporaryDirectory } from './temporary-directory.ts'

requireTool('restic', 'rest-server')('the test harness', () => {
  it('makes a repository on a rest-server with private repositories', async () => {
    await using directory = temporaryDirectory()
    await using server = await startRestServer({
      directory: join(directory.path, 'server'),
      users: { olivia: 'open sesame' },
      privateRepos: true,
    })
    const made = await makeRepository({
      directory: directory.path,
      files: { 'etc/hosts': '127.0.0.1 localhost\n' },
      access: { url: `rest:${server.url}olivia/web/`, username: 'olivia', serverPassword: 'open sesame' },
    })
    expect(await runRestic(made.repository, ['dump', made.snapshotId, '/etc/hosts'])).toBe('127.0.0.1 localhost\n')
    const stranger = { ...made.repository, access: { ...made.repository.access, serverPassword: 'wrong' } }
    await expect(runRestic(stranger, ['snapshots'])).rejects.toThrow(/401/)
  })

  it('sees every change below a folder, whatever its name', async () => {
    await using directory = temporaryDirectory()
    const odd = Buffer.concat([Buffer.from(join(directory.path, 'caf')), Buffer.from([0xe9])])
    const empty = directoryState(directory.path)
    writeFileSync(odd, 'one')
    const one = directoryState(directory.path)
    writeFileSync(odd, 'two')
    expect(empty).toEqual([])
    expect(one[0]).toContain('./caf\u00e9')
    expect(directoryState(directory.path)).not.toEqual(one)
  })
})
