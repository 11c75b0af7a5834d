import { afterEach, beforeEach, expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble } from '../../../test/console-over-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'

let open: AsyncDisposableStack
let double: AgentDouble
let world: ConsoleOverDouble

beforeEach(async () => {
  open = new AsyncDisposableStack()
  double = new AgentDouble()
  world = open.use(await consoleOverDouble(double, open.use(temporaryDirectory()).path))
})
afterEach(() => open.disposeAsync())

test('a host gives an anchor and is held against it, and its answer comes as it is', async () => {
  const { client, hostId } = world
  const anchor = await client.audit.anchor({ hostId })
  expect(anchor).toMatchObject({ sequence: 0, agentId: double.agentId })
  expect(await client.audit.verify({ hostId, anchor })).toMatchObject({ whole: 0, anchorHolds: true, broken: null })
  expect(await client.audit.verify({ hostId, anchor: null })).toMatchObject({ anchorHolds: null })
  const later = await client.audit.verify({ hostId, anchor: { ...anchor, sequence: 3 } })
  expect(later).toMatchObject({ anchorHolds: false })
})

test('what the host says against it, and a host that is not known, come to whoever asked', async () => {
  const { client, hostId } = world
  double.refusals.set('audit.anchor', new Fault('conflict', { what: 'audit_broken', detail: '3' }))
  await expect(client.audit.anchor({ hostId })).rejects.toMatchObject({ code: 'conflict', data: { detail: '3' } })
  await expect(client.audit.verify({ hostId: 'nobody', anchor: null })).rejects.toMatchObject({ code: 'not_found' })
})
