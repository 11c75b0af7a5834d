import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { ResticRepository } from './repository.ts'
import { listSnapshots } from './snapshots.ts'

/** A restic that answers whatever it is asked with the same text. */
async function answering(directory: string, answer: string, script = 'cat "$(dirname "$0")/answer"') {
  await writeFile(join(directory, 'answer'), answer)
  const path = join(directory, 'restic')
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  const repository: ResticRepository = {
    restic: { path, version: '0.18.0' },
    access: { url: '/srv/restic', username: '', serverPassword: '', password: 'secret' },
    cacheDirectory: join(directory, 'cache'),
    mark: {},
  }
  return repository
}

const hex = (number: number) => number.toString(16).padStart(64, '0')
const stored = (more: object) => ({ id: hex(1), tree: hex(2), time: '2026-01-01T00:00:00.123456789Z', ...more })

describe('a list of snapshots', () => {
  it('of ten thousand is read in a moment', async () => {
    await using directory = temporaryDirectory()
    const many = Array.from({ length: 10_000 }, (_, at) =>
      stored({ id: hex(at), time: new Date(at * 3_600_000).toISOString(), hostname: 'web', paths: ['/etc', '/srv'] }),
    )
    const repository = await answering(directory.path, JSON.stringify(many))
    const before = process.cpuUsage()
    const snapshots = await listSnapshots(repository, {})
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000)
    expect(snapshots).toHaveLength(10_000)
    expect(snapshots[0]?.id).toBe(hex(9999))
  })

  it('has those of old versions of restic, which say less', async () => {
    await using directory = temporaryDirectory()
    const repository = await answering(directory.path, JSON.stringify([stored({ paths: null, tags: null })]))
    expect(await listSnapshots(repository, {})).toEqual([
      {
        id: hex(1),
        treeId: hex(2),
        time: '2026-01-01T00:00:00.123456789Z',
        hostname: '',
        username: '',
        paths: [],
        tags: [],
        files: null,
        bytes: null,
      },
    ])
  })

  it('is in the order of time, whatever zone each was written in', async () => {
    await using directory = temporaryDirectory()
    const noon = stored({ id: hex(1), time: '2026-01-01T12:00:00+02:00' })
    const later = stored({ id: hex(2), time: '2026-01-01T11:00:00Z' })
    const repository = await answering(directory.path, JSON.stringify([noon, later]))
    expect((await listSnapshots(repository, {})).map(({ id }) => id)).toEqual([hex(2), hex(1)])
  })

  it.each(['', 'garbage', '{}', '[{"id":"latest"}]'])('cannot be read from %j', async (answer) => {
    await using directory = temporaryDirectory()
    const repository = await answering(directory.path, answer)
    await expect(listSnapshots(repository, {})).rejects.toMatchObject({ code: 'tool_failed', data: { tool: 'restic' } })
  })

  it('is not had from a restic that crashes, and the fault says how it ended', async () => {
    await using directory = temporaryDirectory()
    const repository = await answering(directory.path, '', 'kill -SEGV $$')
    await expect(listSnapshots(repository, {})).rejects.toMatchObject({
      code: 'tool_failed',
      data: { exitCode: null, stderrTail: 'It was ended by SIGSEGV.' },
    })
  })
})
