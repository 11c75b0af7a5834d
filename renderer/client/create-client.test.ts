import { expect, test } from 'vitest'
import type { Port } from '../../contract/wire/port.ts'
import { busyWorld, dialConsole, type World } from '../gallery/console/index.ts'
import { clientOver } from './create-client.ts'

function dialled(world: World) {
  const ports: Port[] = []
  const dial = async (): Promise<Port> => {
    const port = dialConsole(world)
    ports.push(port)
    return port
  }
  const entered = (): unknown[] =>
    world.calls.filter(({ path }) => path === 'workspaces.enter').map(({ input }) => input)
  return { dial, ports, entered, lose: () => ports.at(-1)?.close('cut') }
}

test('the workspace is entered before anything else, on every connection', async () => {
  const world = busyWorld()
  const { dial, entered, lose } = dialled(world)
  const kept: string[] = []
  const { client } = clientOver(dial, 'laboratory', (id) => kept.push(id))
  await client.hosts.list(undefined)
  expect(world.calls.map(({ path }) => path)).toEqual(['workspaces.enter', 'hosts.list'])
  lose()
  await client.hosts.list(undefined)
  expect(entered()).toEqual([{ workspaceId: 'laboratory' }, { workspaceId: 'laboratory' }])
  expect(new Set(kept)).toEqual(new Set(['laboratory']))
})

test('a window that names none stays in the one that it was given, though others enter another', async () => {
  const world = busyWorld()
  const { dial, entered, lose } = dialled(world)
  const { client } = clientOver(dial)
  await client.hosts.list(undefined)
  expect(entered()).toEqual([])
  lose()
  await client.hosts.list(undefined)
  expect(entered()).toEqual([{ workspaceId: 'first' }])
})

test('one that is no more is left for the one that was used last', async () => {
  const kept: string[] = []
  const { client } = clientOver(dialled(busyWorld()).dial, 'nowhere', (id) => kept.push(id))
  await client.hosts.list(undefined)
  expect(kept).toEqual(['first'])
})

test('a client that was left closes its connection and opens no other', async () => {
  const { dial, ports } = dialled(busyWorld())
  const { client, leave } = clientOver(dial)
  await client.hosts.list(undefined)
  const closed = new Promise<string>((resolve) => ports[0]?.onClose(resolve))
  leave()
  expect(await closed).toBe('the window works elsewhere now')
  void client.hosts.list(undefined).catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(ports).toHaveLength(1)
})
