import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { twoWorkspaces } from '../../../test/two-workspaces.ts'

test('views are of one workspace, by name, and no two there are called the same', async () => {
  await using directory = temporaryDirectory()
  await using world = await twoWorkspaces(directory.path)
  const [here, there] = [world.own.client.savedViews, world.foreign.client.savedViews]
  const view = { id: randomUUID(), name: 'Not verified', filters: { verified: 'none', when: '30d' } }
  const other = { id: randomUUID(), name: 'in place', filters: {} }
  await here.put(view)
  expect(await here.put(other)).toEqual([other, view])
  await expect(here.put({ ...other, id: randomUUID(), name: 'NOT verified' })).rejects.toMatchObject({
    code: 'conflict',
    data: { what: 'view_exists', detail: 'NOT verified' },
  })
  expect(await here.put({ ...view, name: 'Unproven' })).toEqual([other, { ...view, name: 'Unproven' }])
  expect(await there.list(undefined)).toEqual([])
  // Neither can what is another's be changed or taken away by its id.
  await there.put({ ...view, name: 'Mine now' })
  await there.remove({ id: view.id })
  expect(await here.remove({ id: other.id })).toEqual([{ ...view, name: 'Unproven' }])
})
