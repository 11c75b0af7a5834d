import { expect, test } from 'vitest'
import { formatMode } from './format-mode.ts'

test.each([
  ['dir', 0o755, 'drwxr-xr-x'],
  ['file', 0o640, '-rw-r-----'],
  ['file', 0o4755, '-rwsr-xr-x'],
  ['file', 0o2644, '-rw-r-Sr--'],
  ['dir', 0o1777, 'drwxrwxrwt'],
  ['symlink', 0o777, 'lrwxrwxrwx'],
] as const)('%s with mode %i is %s', (type, mode, text) => expect(formatMode(type, mode)).toBe(text))
