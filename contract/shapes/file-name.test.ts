import { expect, test } from 'vitest'
import { baseName, showFileName } from './file-name.ts'

test.each([
  ['plain.txt', 'plain.txt'],
  ['naïve “report” 🗂.odt', 'naïve “report” 🗂.odt'],
  ['two\nlines\ttab', 'two\\nlines\\ttab'],
  ['caf\udce9.txt', 'caf\\xe9.txt'],
  ['\udcff', '\\xff'],
  ['bell\u0007', 'bell\\u0007'],
  ['invoice\u202efdp.exe', 'invoice\\u202efdp.exe'],
])('%j is shown as %s', (name, shown) => {
  expect(showFileName(name)).toBe(shown)
})

test('bytes that are not UTF-8 survive JSON', () => {
  const name = 'caf\udce9\udcff'
  expect(JSON.parse(JSON.stringify(name))).toBe(name)
})

test('the last part of a path', () => {
  expect(baseName('/etc/hosts')).toBe('hosts')
  expect(baseName('hosts')).toBe('hosts')
  expect(baseName('/')).toBe('/')
})
