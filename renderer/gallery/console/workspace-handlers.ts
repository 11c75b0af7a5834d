import { Fault } from '../../../contract/errors.ts'
import type { Workspace } from '../../../contract/shapes/workspace.ts'
import { uuidOf } from './ids.ts'
import type { Implementation } from './implementation.ts'
import { before } from './moments.ts'
import type { World } from './world.ts'

/** The workspaces of the in-memory console; all hosts of a world are in the one that it is about. */
export function ofWorkspaces(os: Implementation, world: World) {
  return {
    list: os.workspaces.list.handler(() => listOf(world)),
    watch: os.workspaces.watch.handler(async function* ({ signal }) {
      for await (const _ of world.told.workspaces.follow(signal, () => ['first'])) yield listOf(world)
    }),
    enter: os.workspaces.enter.handler(({ input }) => workspaceOf(world, input.workspaceId)),
    create: os.workspaces.create.handler(({ input }) => {
      requireFree(world, input.name, null)
      return put(world, { id: uuidOf(input.name), ...input, madeAt: before({}) })
    }),
    change: os.workspaces.change.handler(({ input: { workspaceId, name, color } }) => {
      const before = workspaceOf(world, workspaceId)
      if (name !== null) requireFree(world, name, workspaceId)
      return put(world, { ...before, name: name ?? before.name, color: color ?? before.color })
    }),
    remove: os.workspaces.remove.handler(({ input: { workspaceId, typed } }) => {
      const { name } = workspaceOf(world, workspaceId)
      if (typed !== name) throw new Fault('conflict', { what: 'wrong_workspace_name', detail: name })
      world.workspaces.delete(workspaceId)
      world.told.workspaces.publish('changed')
      return {}
    }),
  }
}

function listOf(world: World) {
  return [...world.workspaces.values()]
    .map((one) => (one.id === world.system.workspace.id ? { ...one, hosts: world.hosts.size } : one))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

function workspaceOf(world: World, id: string): Workspace {
  const view = world.workspaces.get(id)
  if (view === undefined) throw new Fault('not_found', { what: 'workspace', id })
  const { hosts: _, ...workspace } = view
  return workspace
}

function requireFree(world: World, name: string, except: string | null): void {
  const same = [...world.workspaces.values()].find((one) => one.name.toLowerCase() === name.toLowerCase())
  if (same !== undefined && same.id !== except) throw new Fault('conflict', { what: 'workspace_exists', detail: name })
}

function put(world: World, workspace: Workspace): Workspace {
  world.workspaces.set(workspace.id, { ...workspace, hosts: world.workspaces.get(workspace.id)?.hosts ?? 0 })
  if (world.system.workspace.id === workspace.id) world.system = { ...world.system, workspace }
  world.told.workspaces.publish('changed')
  return workspace
}
