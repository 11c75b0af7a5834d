import { existsSync, mkdirSync, readFileSync, readlinkSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { type TemporaryDirectory, temporaryDirectory } from '../../../test/temporary-directory.ts'
import { findCluster, gather } from './find-cluster.ts'

const { signal } = new AbortController()
let place: TemporaryDirectory
let root: string
let data: string
let host: string
beforeEach(() => {
  place = temporaryDirectory()
  root = join(place.path, 'restored')
  data = join(root, 'var/lib/postgresql')
  mkdirSync(join(data, 'global'), { recursive: true })
  mkdirSync(join(data, 'pg_tblspc'))
  writeFileSync(join(data, 'global/pg_control'), '')
  writeFileSync(join(data, 'PG_VERSION'), '15\n')
  mkdirSync(join(place.path, 'p'))
  host = join(place.path, 'host')
  mkdirSync(host)
  writeFileSync(join(host, 'kept'), 'of this machine')
  return async () => await place[Symbol.asyncDispose]()
})

const gathered = async (): Promise<string> => {
  const { dataDirectory } = await gather(await findCluster(root, signal), root, join(place.path, 'p'))
  return dataDirectory
}

test('a link is led to what was restored of its place, whether it says it from the top or from where it lies', async () => {
  mkdirSync(join(root, 'srv/wal'), { recursive: true })
  mkdirSync(join(root, 'var/lib/fast'))
  writeFileSync(join(root, 'var/lib/fast/16500'), 'rows')
  symlinkSync('/srv/wal', join(data, 'pg_wal'))
  symlinkSync('../../fast', join(data, 'pg_tblspc/16500'))
  const at = await gathered()
  expect(readlinkSync(join(at, 'pg_wal'))).toBe(join(place.path, 'p/place-pg_wal'))
  expect(readFileSync(join(at, 'pg_tblspc/16500/16500'), 'utf8')).toBe('rows')
})

// @security Control plane and consumers: Links in a restored data directory move nothing of the machine that it was restored to.
test('a link that leads out of what was restored is refused', async () => {
  symlinkSync('../host', join(data, 'pg_wal'))
  await expect(gathered()).rejects.toThrow('which the snapshot does not hold')
  expect(existsSync(join(host, 'kept'))).toBe(true)
})

test('so is one that leads over another link', async () => {
  symlinkSync(place.path, join(root, 'over'))
  symlinkSync('/over/host', join(data, 'pg_wal'))
  await expect(gathered()).rejects.toThrow('pg_wal of the data directory leads to /over/host')
  expect(existsSync(join(host, 'kept'))).toBe(true)
})

test('a folder of tablespaces that is a link itself is refused', async () => {
  const cluster = await findCluster(root, signal)
  mkdirSync(join(root, 'kept'))
  symlinkSync('/kept', join(host, 'alternative'))
  rmdirSync(join(data, 'pg_tblspc'))
  symlinkSync(host, join(data, 'pg_tblspc'))
  await expect(gather(cluster, root, join(place.path, 'p'))).rejects.toThrow('pg_tblspc')
  expect(readlinkSync(join(host, 'alternative'))).toBe('/kept')
})
