import { expect, test } from 'vitest'
import { pathsInWords } from './snapshot-paths.ts'

test.each([
  [['/srv/a/etc', '/srv/a/home'], ['etc', 'home'], '/srv/a'],
  [['/etc', '/home'], ['/etc', '/home'], null],
  [['/srv/a/etc'], ['/srv/a/etc'], null],
  [['/srv/a/etc', '/srv/b/etc'], ['/srv/a/etc', '/srv/b/etc'], null],
  [['/srv/a/etc', '/srv/a/home/alice'], ['/srv/a/etc', '/srv/a/home/alice'], null],
  [[], [], null],
])('%j is shown as %j in %s', (paths, names, parent) => {
  expect(pathsInWords(paths)).toEqual({ names, parent })
})
