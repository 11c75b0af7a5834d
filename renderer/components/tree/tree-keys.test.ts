import { expect, test } from 'vitest'
import { packListing } from './listing.ts'
import { pressTreeKey } from './tree-keys.ts'
import { TreeStore } from './tree-store.ts'
import { TypeAhead } from './type-ahead.ts'

const NAMES = ['alpha', 'beta', 'Écrits', 'echo base', 'echo zero']

async function keyboard() {
  const store = new TreeStore({
    rootTreeId: 'root',
    load: async (treeId) => {
      const names = treeId === 'root' ? NAMES : treeId === 'alpha' ? ['one', 'two'] : []
      const isDirectory = (name: string): boolean => name === 'alpha' || name === 'beta'
      return packListing([
        {
          name: [...names],
          type: names.map((name) => (isDirectory(name) ? 'dir' : 'file')),
          size: names.map(() => 1),
          modified: names.map(() => ''),
          mode: names.map(() => 0),
          treeId: names.map((name) => (isDirectory(name) ? name : null)),
          linkTarget: names.map(() => null),
        },
      ])
    },
  })
  await store.start()
  const typeAhead = new TypeAhead()
  let now = 0
  const press = async (keys: string, after = 1000): Promise<boolean> => {
    now += after
    const parts = keys.split('+')
    const key = {
      key: parts.at(-1) ?? '',
      shiftKey: parts.includes('Shift'),
      modKey: parts.includes('Ctrl'),
      altKey: false,
    }
    const isOurs = pressTreeKey({ ...key, timeStamp: now }, { store, typeAhead, page: 3 })
    await new Promise((resolve) => setImmediate(resolve))
    return isOurs
  }
  const here = (): string => (store.active < 0 ? 'a note' : store.columns.path(store.active))
  return { store, press, here }
}

test('Right opens a directory and then goes in, Left goes out and then closes', async () => {
  const { store, press, here } = await keyboard()
  await press('ArrowRight')
  expect(here()).toBe('/alpha')
  await press('ArrowRight')
  expect(here()).toBe('/alpha/one')
  await press('ArrowLeft')
  expect(here()).toBe('/alpha')
  await press('ArrowLeft')
  expect(store.rows).toHaveLength(NAMES.length)
})

test('Right goes into the note of an empty directory, and Left comes out of it', async () => {
  const { press, here } = await keyboard()
  await press('ArrowDown')
  await press('ArrowRight')
  await press('ArrowRight')
  expect(here()).toBe('a note')
  await press('ArrowLeft')
  expect(here()).toBe('/beta')
})

test('typing goes to a name without regard to case or accents, and a space goes on with it', async () => {
  const { store, press, here } = await keyboard()
  await press('e')
  expect(here()).toBe('/Écrits')
  for (const letter of ['c', 'h', 'o', ' ', 'z']) await press(letter, 100)
  expect(here()).toBe('/echo zero')
  expect(store.chosen().count).toBe(0)
})

test('the same letter again goes to the next name that begins with it', async () => {
  const { press, here } = await keyboard()
  await press('e')
  await press('e', 100)
  expect(here()).toBe('/echo base')
})

test('Space selects, also soon after a letter when another key came between', async () => {
  const { store, press } = await keyboard()
  await press('b')
  await press('ArrowDown', 50)
  await press(' ', 50)
  expect(store.chosen().include).toEqual(['/Écrits'])
})

test('Shift with the arrows and Space selects a range', async () => {
  const { store, press } = await keyboard()
  await press('End')
  await press('Shift+ArrowUp')
  await press('Shift+ArrowUp')
  await press('Shift+ ')
  expect(store.chosen().include).toEqual(['/Écrits', '/echo base', '/echo zero'])
})

test('Control A selects the whole snapshot and again nothing; Control Enter is left to the screen', async () => {
  const { store, press } = await keyboard()
  await press('Ctrl+a')
  expect(store.chosen().include).toEqual(['/'])
  await press('Ctrl+a')
  expect(store.chosen().include).toEqual([])
  expect(await press('Ctrl+Enter')).toBe(false)
})
