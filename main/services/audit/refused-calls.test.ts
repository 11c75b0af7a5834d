import { afterEach, beforeEach, expect, test } from 'vitest'
import { consoleContract } from '../../../contract/console/index.ts'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import { connect } from '../../../contract/wire/client.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble } from '../../../test/console-over-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'

let open: AsyncDisposableStack
let world: ConsoleOverDouble

beforeEach(async () => {
  open = new AsyncDisposableStack()
  world = open.use(await consoleOverDouble(new AgentDouble(), open.use(temporaryDirectory()).path))
})
afterEach(() => open.disposeAsync())

const written = (): Promise<AuditEntry[]> => world.client.audit.recent({ hostId: null, limit: 100 })

test('a call that its caller may not make is in the audit as refused, once for many', async () => {
  const viewer = connect(consoleContract, world.serveAs('viewer'))
  const { hostId } = world
  for (let time = 0; time < 5; time += 1) {
    const asked = viewer.hosts.change({ hostId, name: 'x', labels: null, pinned: null })
    await expect(asked).rejects.toMatchObject({ code: 'forbidden', data: { needs: 'operator' } })
  }
  await expect(viewer.hosts.remove({ hostId, typed: 'x' })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await written()).toMatchObject([
    {
      action: 'console.refused',
      outcome: 'refused',
      summary: 'hosts.remove, which needs admin, as viewer',
      hostId: '',
    },
    { action: 'console.refused', outcome: 'refused', summary: 'hosts.change, which needs operator, as viewer' },
  ])
})

test('who may not look into files is in the audit with the file that was asked for', async () => {
  const blind = connect(consoleContract, world.serveAs('admin', []))
  const { hostId } = world
  const asked = { hostId, repositoryId: 'r', snapshotId: 'a'.repeat(64), path: '/etc/shadow', limit: 1000 }
  await expect(blind.preview.read(asked)).rejects.toMatchObject({ data: { needs: 'read-contents' } })
  expect(await written()).toMatchObject([
    { action: 'file.preview', outcome: 'refused', summary: '/etc/shadow', hostId, repositoryId: 'r' },
  ])
})

test('what is changed of this console is in the audit, what it only shows is not', async () => {
  const { client, hostId } = world
  const { name } = await client.hosts.get({ hostId })
  await client.hosts.change({ hostId, name: null, labels: null, pinned: true })
  expect(await written()).toEqual([])
  await client.hosts.change({ hostId, name: 'clinic', labels: ['prod'], pinned: null })
  await expect(client.hosts.remove({ hostId, typed: 'clinic' })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await written()).toMatchObject([
    { action: 'host.remove', hostId, outcome: 'refused', summary: 'clinic (forbidden)' },
    { action: 'console.settings', hostId, outcome: 'done', summary: `${name}: called clinic, labelled prod` },
  ])
  expect(await client.audit.verifyOwn({ anchor: null })).toMatchObject({ whole: 4, broken: null })
  expect(await client.audit.verifyOwn({ anchor: await client.audit.anchorOwn(undefined) })).toMatchObject({
    anchorHolds: true,
  })
})
