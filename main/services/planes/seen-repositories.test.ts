import { expect, test } from 'vitest'
import { seenRepositories } from './seen-repositories.ts'

type Hosts = Parameters<typeof seenRepositories>[0]

const AT = '2026-11-20T00:00:00Z'

function hostOf(id: string, repositories: Readonly<Record<string, string>>, isConnected = true): Hosts[number] {
  return {
    id,
    name: id,
    isConnected,
    lastSnapshots: Object.keys(repositories).map((name) => ({
      repositoryId: `${name} of ${id}`,
      snapshotId: 'a'.repeat(64),
      time: AT,
      at: AT,
    })),
    repositories: Object.entries(repositories).map(([name, url]) => ({
      id: `${name} of ${id}`,
      name,
      url,
      username: null,
      hasPassword: true,
      sample: false,
      backup: null,
      openedBefore: true,
      addedAt: AT,
    })),
  }
}

test('a repository at an address is told of once, by a host that can be asked', () => {
  const shared = { north: 'rest:https://backup.example/north/' }
  expect(seenRepositories([hostOf('away', shared, false), hostOf('here', shared), hostOf('there', shared)])).toEqual([
    {
      key: 'rest:https://backup.example/north/',
      name: 'north',
      url: 'rest:https://backup.example/north/',
      hostId: 'here',
      repositoryId: 'north of here',
      mark: 'a'.repeat(64),
      canAsk: true,
    },
  ])
})

test('a folder is its host’s alone, under a name that says whose where that is needed, and its path is nobody’s business', () => {
  const seen = seenRepositories([
    hostOf('db-01', { backups: '/srv/restic' }),
    hostOf('db-02', { backups: '/srv/restic' }),
  ])
  expect(seen.map(({ name, url, key }) => ({ name, url, key }))).toEqual([
    { name: 'backups on db-01', url: null, key: 'db-01 backups of db-01' },
    { name: 'backups on db-02', url: null, key: 'db-02 backups of db-02' },
  ])
})

test('it is news whenever its newest snapshot is another one', () => {
  const host = hostOf('db-01', { backups: '/srv/restic' })
  const [first] = seenRepositories([{ ...host, lastSnapshots: [] }])
  const [second] = seenRepositories([host])
  expect(first?.mark).not.toBe(second?.mark)
  expect(first?.key).toBe(second?.key)
})
