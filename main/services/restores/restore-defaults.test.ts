import { expect, test } from 'vitest'
import { type RestoreDefault, USUAL_RESTORE_DEFAULT } from '../../../contract/shapes/restore-default.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { consoleOverDouble } from '../../../test/console-over-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { twoWorkspaces } from '../../../test/two-workspaces.ts'

const CHOSEN: RestoreDefault = { target: { kind: 'path', path: '/srv/restored' }, conflicts: 'never', readBack: false }

test('a fresh folder is the default until somebody says otherwise: for all hosts, or for one', async () => {
  await using directory = temporaryDirectory()
  await using world = await consoleOverDouble(new AgentDouble(), directory.path)
  const { client, hostId } = world
  expect(await client.restores.defaults(undefined)).toEqual({ everywhere: USUAL_RESTORE_DEFAULT, hosts: [] })
  const own = { ...USUAL_RESTORE_DEFAULT, conflicts: 'keep-both' as const }
  await client.restores.changeDefault({ chosen: CHOSEN })
  await client.restores.changeDefaultOn({ hostId, chosen: own })
  const kept = { everywhere: CHOSEN, hosts: [{ hostId, chosen: own }] }
  expect(await client.restores.defaults(undefined)).toEqual(kept)
  const { name } = await client.hosts.get({ hostId })
  expect(await client.audit.recent({ hostId: null, limit: 2 })).toMatchObject([
    {
      action: 'console.settings',
      outcome: 'done',
      summary: `restores go by default, ${name}: to a fresh folder, keep-both, read back`,
    },
    { action: 'console.settings', summary: 'restores go by default, to /srv/restored, never, not read back' },
  ])
  await world[Symbol.asyncDispose]()

  await using again = await consoleOverDouble(new AgentDouble(), directory.path)
  expect(await again.client.restores.defaults(undefined)).toEqual(kept)
  await again.client.restores.changeDefaultOn({ hostId, chosen: null })
  expect(await again.client.restores.defaults(undefined)).toEqual({ everywhere: CHOSEN, hosts: [] })
})

// @security Restores: In place can be no default: a setting never leads to original files.
test.each([
  ['in place', { kind: 'in-place' }],
  ['the root folder', { kind: 'path', path: '//' }],
  ['a folder that is none', { kind: 'path', path: 'srv' }],
])('%s can be no default', async (_, target) => {
  await using directory = temporaryDirectory()
  await using world = await consoleOverDouble(new AgentDouble(), directory.path)
  const chosen = { ...CHOSEN, target } as unknown as RestoreDefault
  await expect(world.client.restores.changeDefault({ chosen })).rejects.toMatchObject({ code: 'invalid_input' })
  const { everywhere } = await world.client.restores.defaults(undefined)
  expect(everywhere).toEqual(USUAL_RESTORE_DEFAULT)
})

test('each workspace has its own, and one knows nothing of the hosts of another', async () => {
  await using directory = temporaryDirectory()
  await using world = await twoWorkspaces(directory.path)
  const { own, foreign: other } = world
  const here = await world.clientIn(own.workspaceId, 'admin')
  const there = await world.clientIn(other.workspaceId, 'admin')
  await there.restores.changeDefault({ chosen: CHOSEN })
  await there.restores.changeDefaultOn({ hostId: other.hostId, chosen: CHOSEN })
  expect(await here.restores.defaults(undefined)).toEqual({ everywhere: USUAL_RESTORE_DEFAULT, hosts: [] })
  await expect(here.restores.changeDefaultOn({ hostId: other.hostId, chosen: null })).rejects.toMatchObject({
    code: 'forbidden',
    data: { needs: 'workspace' },
  })
})
