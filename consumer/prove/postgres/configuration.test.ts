import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { configure, letIn } from './configuration.ts'

// @security Control plane and consumers: A restored PostgreSQL, or a server that ran on it, leads nothing that is written for it elsewhere.
test('what is written for a server is written where it stands, whatever links stand there', async () => {
  await using place = temporaryDirectory()
  const beside = join(place.path, 'p')
  const dataDirectory = join(beside, 'data')
  const cluster = { dataDirectory, version: '15' }
  mkdirSync(dataDirectory, { recursive: true })
  const host = join(place.path, 'host')
  const missing = join(place.path, 'missing')
  writeFileSync(host, 'of this machine')
  symlinkSync(missing, join(dataDirectory, 'postgresql.auto.conf'))
  for (const name of ['postgresql.conf', 'pg_ident.conf', 'pg_hba.conf']) symlinkSync(host, join(beside, name))
  await configure(cluster, beside)
  rmSync(join(beside, 'pg_hba.conf'))
  symlinkSync(host, join(beside, 'pg_hba.conf'))
  await letIn('reader', beside)
  expect(readFileSync(host, 'utf8')).toBe('of this machine')
  expect(existsSync(missing)).toBe(false)
  expect(readFileSync(join(beside, 'pg_hba.conf'), 'utf8')).toContain('restore_reader')
  for (const name of ['postgresql.conf', 'pg_ident.conf', 'pg_hba.conf', 'data/postgresql.auto.conf'])
    expect(lstatSync(join(beside, name)).mode & 0o777777).toBe(0o100644)
})
