import { expect, test } from 'vitest'
import { EMPTY_FORM, narrowAddress, readForm, type SearchForm, searchLink, writeForm } from './search-form.ts'

const SNAPSHOT = 'ab'.repeat(32)

test('an address holds all that was asked for', () => {
  const form: SearchForm = {
    scope: 'snapshot',
    place: { hostId: 'db-01', repositoryId: 'nightly', snapshotId: SNAPSHOT },
    text: '*.conf & more?',
    kind: 'glob',
    matchCase: true,
    types: ['files', 'links'],
    least: '10 MB',
    most: '1.5G',
    period: 'between',
    from: '2026-11-01',
    until: '2026-11-20',
  }
  expect(readForm(writeForm(form))).toEqual(form)
})

test('what is usual is not in the address', () => {
  expect(writeForm({ ...EMPTY_FORM, text: 'nginx' })).toEqual({ text: 'nginx' })
})

test('what an address cannot mean is as if it were not there', () => {
  const address = narrowAddress({
    in: 'snapshot',
    host: 'db-01',
    snapshot: '../etc',
    kind: 'sql',
    types: 'files,x',
    n: 1,
  })
  expect(readForm(address)).toMatchObject({ scope: 'everywhere', kind: 'text', types: ['files'] })
})

test('a link leads to its place, and keeps it while another scope is chosen', () => {
  const { search } = searchLink({ kind: 'snapshot', hostId: 'db-01', repositoryId: 'nightly', snapshotId: SNAPSHOT })
  const form = readForm(search)
  expect(form.scope).toBe('snapshot')
  expect(readForm(writeForm({ ...form, scope: 'everywhere' })).place).toEqual(form.place)
})
