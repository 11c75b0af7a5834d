import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { z } from 'zod'
import type { connectGroupSchema, GroupAccess, TypeRule } from '../contract/control-plane/fleet.ts'
import { GroupAccesses } from '../control-plane/repositories/group-accesses.ts'
import { PlaneRepositories } from '../control-plane/repositories/plane-repositories.ts'
import { openStore } from '../control-plane/store/index.ts'
import { backUp, type MadeRepository, makeRepository } from './restic.ts'
import { TEMPLATE_PASSWORD } from './template-copy.ts'
import { temporaryDirectory } from './temporary-directory.ts'

type ConnectGroup = z.infer<typeof connectGroupSchema>

const KEY = createSecretKey(Buffer.alloc(32, 7))

/** A control plane's repositories on a store of their own, and one that restic made. */
export async function repositoriesWorld() {
  await using building = new AsyncDisposableStack()
  const { path } = building.use(temporaryDirectory())
  const made = await makeRepository({ directory: path })
  const time = { now: new Date('2026-01-01T00:00:00.000Z') }
  const store = building.use(openStore(join(path, 'plane.db')))
  const opened: PlaneRepositories[] = []
  const open = (key: KeyObject = KEY) => {
    const accesses = new GroupAccesses(store, key)
    const errors: unknown[] = []
    const repositories = new PlaneRepositories({
      store,
      accesses,
      cacheDirectory: join(path, 'no-cache'),
      now: () => time.now,
      newId: randomUUID,
      log: (_, error) => errors.push(error),
    })
    opened.push(repositories)
    return { repositories, accesses, errors }
  }
  const first = open()
  const recorded: string[] = []
  const resources = building.move()
  return {
    path,
    made,
    time,
    store,
    open,
    ...first,
    recorded,
    connect: (request: ConnectGroup) => first.repositories.connect(request, (group) => recorded.push(group.name)),
    disconnect: (id: string) => first.repositories.disconnect(id, (group) => recorded.push(group.status)),
    async [Symbol.asyncDispose]() {
      for (const repositories of opened) await repositories[Symbol.asyncDispose]()
      await resources.disposeAsync()
    },
  }
}

export function accessTo({ repository }: MadeRepository, more: Partial<GroupAccess> = {}): GroupAccess {
  return { url: repository.access.url, repo_password: TEMPLATE_PASSWORD, ...more }
}

export function wanted(name: string, access: GroupAccess, type_rules: TypeRule[] = []): ConnectGroup {
  return { name, access, type_rules }
}

/** Back up to it as another host; the snapshot's id. */
export async function backUpAs(
  { repository, source }: MadeRepository,
  host: string,
  ...more: string[]
): Promise<string> {
  return (await backUp(repository, source, ['--force', '--host', host, ...more])).snapshotId
}
