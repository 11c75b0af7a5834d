import { expect, test } from 'vitest'
import { writablePath } from './writable-path.ts'

test.each([
  ['/srv/files', 'ReadWritePaths="/srv/files"'],
  ['/', 'ReadWritePaths="/"'],
  ['/with space', 'ReadWritePaths="/with space"'],
  ['/quo"te', 'ReadWritePaths="/quo\\"te"'],
  ['/back\\slash', 'ReadWritePaths="/back\\\\slash"'],
  ['/100% $HOME', 'ReadWritePaths="/100% $HOME"'],
  ['/é', 'ReadWritePaths="/é"'],
])('%s is written as systemd reads it', (path, property) => {
  expect(writablePath(path)).toBe(property)
})

test.each([
  ['a relative path', 'srv'],
  ['nothing', ''],
  ['a detour', '/srv/../etc'],
  ['a slash at its end', '/srv/'],
  ['bytes that are no text', '/caf\udce9'],
  ['a line end', '/a\nb'],
])('%s is refused', (_, path) => {
  expect(() => writablePath(path)).toThrow(
    expect.objectContaining({ data: expect.objectContaining({ what: 'path_not_confinable' }) }),
  )
})
