import { expect, test } from 'vitest'
import { maskActor, maskHost, maskPath, maskText } from './masks.ts'

test('a host has one mask, and no two have the same', () => {
  const first = maskHost('db-01')
  expect(first).toMatch(/^host-\d+$/)
  expect(maskHost('web-01')).not.toBe(first)
  expect(maskHost('db-01')).toBe(first)
  expect(maskHost('')).toBe('')
})

test('a path keeps its shape and the kind of its file, and no name', () => {
  expect(maskPath('/srv/patients/Müller 1987.pdf')).toBe('/xxx/xxxxxxxx/xxxxxx xxxx.pdf')
  expect(maskPath('C:\\Users\\maria')).toBe('x:\\xxxxx\\xxxxx')
  expect(maskPath('.bashrc')).toBe('.xxxxxx')
  expect(maskPath('archive.patientdata')).toBe('xxxxxxx.xxxxxxxxxxx')
  expect(maskPath('/')).toBe('/')
})

test('of a sentence the names of hosts and the paths are masked, and nothing else', () => {
  const text = maskText('db-1 cannot reach db-10: no /var/lib/pg/main.conf at https://backup:8000', ['db-1', 'db-10'])
  expect(text).toBe(
    `${maskHost('db-1')} cannot reach ${maskHost('db-10')}: no /xxx/xxx/xx/xxxx.conf at https://xxxxxx:xxxx`,
  )
})

test('of who did something only the machine is masked', () => {
  expect(maskActor('maria@ops-laptop')).toBe(`maria@${maskHost('ops-laptop')}`)
  expect(maskActor('maria')).toBe('maria')
})
