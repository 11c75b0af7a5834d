import { Fault } from '../../contract/errors.ts'
import { type WorkspaceView, workspaceColorSchema } from '../../contract/shapes/workspace.ts'
import { fill, press, pressLabelled } from './act.ts'
import { busyWorld, emptyWorld, type World } from './console/index.ts'
import type { Scene } from './scenes.ts'

const madeAt = '2025-10-17T08:00:00.000Z'

/** One of each colour, and one with a long name. */
function manyWorkspaces(): World {
  const named = workspaceColorSchema.options.map((color, at): WorkspaceView => {
    const name = `${color} tenant of the northern and southern clinics and their laboratories`.slice(
      0,
      at === 3 ? 80 : color.length + 7,
    )
    return { id: color, name, color, madeAt, hosts: at * 7 }
  })
  const own = emptyWorld()
  return busyWorld({ workspaces: new Map([...own.workspaces, ...named.map((one) => [one.id, one] as const)]) })
}

const exists = new Fault('conflict', { what: 'workspace_exists', detail: 'Laboratory' })

/** Which workspaces there are, and going from one to another. */
export const WORKSPACE_SCENES: readonly Scene[] = [
  { id: 'workspaces', path: '/workspaces', world: () => busyWorld() },
  { id: 'workspaces-many', path: '/workspaces', world: manyWorkspaces },
  {
    id: 'workspaces-loading',
    path: '/workspaces',
    world: () => busyWorld({ answers: new Map([['workspaces.watch', 'never']]) }),
  },
  { id: 'workspaces-new', path: '/workspaces', world: () => busyWorld(), act: () => press('Make a workspace…') },
  {
    id: 'workspaces-exists',
    path: '/workspaces',
    world: () => busyWorld({ answers: new Map([['workspaces.create', exists]]) }),
    act: async () => {
      await press('Make a workspace…')
      await fill('Name', 'Laboratory')
      await press('Make it')
    },
  },
  { id: 'workspaces-switch', path: '/', world: manyWorkspaces, act: () => pressLabelled('Workspace Northern clinics') },
  {
    id: 'workspaces-filter',
    path: '/',
    world: manyWorkspaces,
    act: async () => {
      await pressLabelled('Workspace Northern clinics')
      await fill('Filter workspaces', 'o')
    },
  },
  {
    id: 'workspaces-other',
    path: '/workspaces',
    world: () => busyWorld(),
    act: () => pressLabelled('Switch to Laboratory'),
  },
]
