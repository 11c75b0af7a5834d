import { expect, test } from 'vitest'
import { maskActor, maskAttribute, maskHost, maskName, maskPath, maskText } from './masks.ts'

test('a host has one mask, and no two have the same', () => {
  const first = maskHost('db-01')
  expect(first).toMatch(/^host-\d+$/)
  expect(maskHost('web-01')).not.toBe(first)
  expect(maskHost('db-01')).toBe(first)
  expect(maskHost('')).toBe('')
})

test('a mask is never what something else is really called', () => {
  const real = maskName('plane-1', 'plane')
  expect(real).not.toBe('plane-1')
  expect(maskName('North', 'plane')).not.toBe(real)
})

test('a path keeps its shape and the kind of its file, and no name', () => {
  expect(maskPath('/srv/patients/Müller 1987.pdf')).toBe('/xxx/xxxxxxxx/xxxxxx xxxx.pdf')
  expect(maskPath('C:\\Users\\maria')).toBe('x:\\xxxxx\\xxxxx')
  expect(maskPath('.bashrc')).toBe('.xxxxxx')
  expect(maskPath('archive.patientdata')).toBe('xxxxxxx.xxxxxxxxxxx')
  expect(maskPath('/')).toBe('/')
})

test('of a sentence the names and the paths are masked, and nothing else', () => {
  const [one, ten] = [maskHost('db-1'), maskHost('db-10')]
  expect(maskText('db-1 cannot reach db-10: no /var/lib/pg/main.conf at https://backup:8000')).toBe(
    `${one} cannot reach ${ten}: no /xxx/xxx/xx/xxxx.conf at https://xxxxxx:xxxx`,
  )
  expect(maskText('Ask db-1. Or db-1.clinic.example:7420, or dba@db-1; db-100 and 3/4 stay.')).toBe(
    `Ask ${one}. Or ${one}:7420, or dba@${one}; db-100 and 3/4 stay.`,
  )
})

test('names of several words are masked too', () => {
  const mask = maskName('Laboratory plane', 'plane')
  expect(maskText('Laboratory plane does not answer')).toBe(`${mask} does not answer`)
})

test('a title that says the name of a file alone is masked as the file is', () => {
  expect(maskAttribute('patients.sql')).toBe('patients.sql')
  expect(maskPath('patients.sql')).toBe('xxxxxxxx.sql')
  expect(maskAttribute('patients.sql')).toBe('xxxxxxxx.sql')
  expect(maskText('all patients.sql')).toBe('all patients.sql')
})

test('of who did something both the person and the machine are masked', () => {
  expect(maskActor('maria@ops-laptop')).toBe(`${maskName('maria', 'person')}@${maskHost('ops-laptop')}`)
  expect(maskActor('maria')).toBe(maskName('maria', 'person'))
})
