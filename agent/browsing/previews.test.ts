import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeRepository, requireTool, restic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { agentWorld } from '../testing/agent-world.ts'

const LETTER = 'Dear Ada, nobody else is to read this.\n'
const FILES = { 'srv/letter.txt': LETTER, 'srv/empty': '' }

async function worldWithLetter(directory: string) {
  const { repository, snapshotId } = await makeRepository({ directory, files: FILES })
  const world = await agentWorld(directory, { resticCandidates: [restic().path] })
  const { url, password } = repository.access
  const added = await world.client.repository.add({
    name: '',
    access: { url, username: '', serverPassword: '', password },
  })
  const request = { repositoryId: added.id, snapshotId, path: '/srv/letter.txt', limit: 1000 }
  const previews = async () => {
    const { entries, chainIntact } = await world.client.audit.list({ limit: 20 })
    expect(chainIntact).toBe(true)
    return entries.filter(({ action }) => action === 'file.preview')
  }
  return { ...world, url, request, previews }
}

function text(bytes: string): string {
  return Buffer.from(bytes, 'base64').toString('utf8')
}

requireTool('restic')('a look into a file', () => {
  test('shows its beginning and its size, and stands in the audit from before it is read', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithLetter(directory.path)
    const reader = world.as('viewer')
    const reading = reader.preview.read({ ...world.request, limit: 8 })
    expect(await world.previews()).toMatchObject([{ outcome: 'pending', bytes: null }])
    const { size, bytes } = await reading
    expect([size, text(bytes)]).toEqual([LETTER.length, 'Dear Ada'])
    const { repositoryId, snapshotId, path: summary } = world.request
    expect(await world.previews()).toMatchObject([
      { actor: 'viewer@desk', origin: 'a test', repositoryId, snapshotId, summary, outcome: 'done', bytes: 8 },
    ])
    expect(await reader.preview.read({ ...world.request, path: '/srv/empty' })).toEqual({ size: 0, bytes: '' })
    expect(text((await reader.preview.read(world.request)).bytes)).toBe(LETTER)
  })

  test('is refused without the permission, whatever the role, and the refusal is in the audit', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithLetter(directory.path)
    const refused = { code: 'forbidden', data: { needs: 'read-contents' } }
    await expect(world.as('admin', []).preview.read(world.request)).rejects.toMatchObject(refused)
    const nonsense = { path: 7 } as never
    await expect(world.as('viewer', []).preview.read(nonsense)).rejects.toMatchObject(refused)
    const { repositoryId, snapshotId, path: summary } = world.request
    expect(await world.previews()).toMatchObject([
      { actor: 'viewer@desk', outcome: 'refused', repositoryId: null },
      { actor: 'admin@desk', outcome: 'refused', repositoryId, snapshotId, summary },
    ])
  })

  test('is refused for what is no file or is not there, and that is in the audit', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithLetter(directory.path)
    const read = (changes: object) => world.client.preview.read({ ...world.request, ...changes })
    await expect(read({ path: '/srv' })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(read({ path: '/srv/none\n' })).rejects.toMatchObject({ code: 'not_found', data: { what: 'file' } })
    await expect(read({ path: '/srv/../letter.txt' })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(read({ snapshotId: '0'.repeat(64) })).rejects.toMatchObject({ data: { what: 'snapshot' } })
    await expect(read({ repositoryId: 'none' })).rejects.toMatchObject({ data: { what: 'repository' } })
    const entries = await world.previews()
    expect(entries.map(({ outcome }) => outcome)).toEqual(Array(5).fill('refused'))
    expect(entries[3]).toMatchObject({ summary: '/srv/none\\n' })
  })

  test('that fails is in the audit as failed', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithLetter(directory.path)
    await world.client.preview.read({ ...world.request, path: '/srv/empty' })
    rmSync(join(world.url, 'data'), { recursive: true })
    await expect(world.client.preview.read(world.request)).rejects.toMatchObject({ code: expect.any(String) })
    expect(await world.previews()).toMatchObject([{ outcome: 'failed', bytes: null }, { outcome: 'done' }])
  })

  test('leaves nothing of what is in the file behind on the host', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithLetter(directory.path)
    await world.client.preview.read(world.request)
    const data = join(directory.path, 'data')
    const kept = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const telling = kept.filter((file) => readFileSync(join(file.parentPath, file.name)).includes('nobody else'))
    expect([telling, world.log.filter((line) => line.includes('nobody else'))]).toEqual([[], []])
  })
})
