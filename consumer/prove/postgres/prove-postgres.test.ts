import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { postgresUser, requirePostgres, startCluster, type TestCluster } from '../../../test/postgres.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../../test/temporary-directory.ts'
import { entry } from '../../../test/consumer-entry.ts'
import { findUser } from '../find-user.ts'
import { systemClock } from '../../clock.ts'
import type { Proving } from '../proof.ts'
import { openToReaders, proveCluster } from './prove-postgres.ts'
import { revive } from './revive.ts'

requirePostgres('a cluster that was restored', () => {
  let place: TemporaryDirectory
  beforeEach(() => {
    place = temporaryDirectory()
    return async () => await place[Symbol.asyncDispose]()
  })

  /** A copy of a cluster's files, as a restore would have written them. */
  const restored = async ({
    dataDirectory,
  }: TestCluster): Promise<{ readonly data: string; readonly proving: Proving }> => {
    const directory = join(place.path, 'restored')
    const data = join(directory, 'var/lib/postgresql/15/main')
    mkdirSync(join(data, '..'), { recursive: true })
    execFileSync('cp', ['-a', dataDirectory, data])
    const beside = join(place.path, 'p')
    const mark = { RESTORE_CONSUMER_RUN: 'this-run' }
    const signal = new AbortController().signal
    const proving = {
      entry: entry({ type: 'postgres' }),
      directory,
      beside,
      mark,
      unprivileged: await findUser(postgresUser),
      signal,
    }
    return { data, proving }
  }

  const filled = async (superuser = 'postgres'): Promise<TestCluster> => {
    const cluster = await startCluster({ directory: place.path, superuser })
    await cluster.query('CREATE DATABASE shop')
    await cluster.query(
      'CREATE TABLE orders AS SELECT n AS id, md5(n::text) AS note FROM generate_series(1, 20000) n',
      'shop',
    )
    return cluster
  }

  // @security Control plane and consumers: A restored PostgreSQL runs none of the commands and loads none of the libraries that its own configuration names.
  it('comes to life when it was copied while it ran, by whatever name its superuser goes', async () => {
    await using cluster = await filled('app')
    await cluster.query('CHECKPOINT')
    await cluster.query("SELECT pg_backup_start('test', true)").catch(() => undefined)
    const { data, proving } = await restored(cluster)
    // What says that a server runs, what leads elsewhere, and what would run the other machine's command.
    expect(readdirSync(data)).toContain('postmaster.pid')
    writeFileSync(join(data, 'standby.signal'), '')
    writeFileSync(
      join(data, 'postgresql.auto.conf'),
      "archive_mode = on\narchive_command = 'touch /tmp/never'\nshared_preload_libraries = 'missing'\n",
    )
    rmSync(join(data, 'postgresql.conf'))
    await using living = await proveCluster(proving, systemClock)
    expect(living.proof.postgresVersion).toMatch(/^\d+\.\d+/)
    expect(living.proof.details).toMatchObject({ sizes: { shop: expect.any(Number), template1: expect.any(Number) } })
    expect(await living.server.query('shop', 'SELECT count(*) FROM orders')).toEqual([['20000']])
    expect(await living.server.query('shop', 'SHOW archive_mode')).toEqual([['off']])
  })

  // @security Control plane and consumers: Whoever reads a proven replica can change nothing in it.
  it('is read by a reader, who can change nothing, and lives again after its server was away', async () => {
    await using cluster = await filled()
    await cluster.stop('fast')
    const { proving } = await restored(cluster)
    const asReader = (socket: string, sql: string): string =>
      execFileSync(
        `/usr/lib/postgresql/${cluster.version}/bin/psql`,
        ['-X', '-A', '-t', '-h', socket, '-U', 'restore_reader', '-d', 'shop', '-c', sql],
        { encoding: 'utf8', stdio: 'pipe', cwd: '/' },
      ).trim()
    {
      await using living = await proveCluster(proving, systemClock)
      await openToReaders(living, proving.beside)
      const { socketDirectory } = living.server
      await expect.poll(() => asReader(socketDirectory, 'SELECT count(*) FROM orders')).toBe('20000')
      for (const sql of ['BEGIN READ WRITE; DELETE FROM orders', 'BEGIN READ WRITE; CREATE TABLE mine (id int)'])
        expect(() => asReader(socketDirectory, sql)).toThrow('permission denied')
      await expect(living.server.query('shop', 'SELECT 1')).rejects.toThrow('rejects connection')
    }
    await using again = await revive(proving, systemClock)
    await expect.poll(() => asReader(again.server.socketDirectory, 'SELECT count(*) FROM orders')).toBe('20000')
  })

  it.each([
    [
      'its control file is damaged',
      (data: string) => writeFileSync(join(data, 'global/pg_control'), Buffer.alloc(8192, 7)),
      /pg_control|control file|database files are incompatible/,
    ],
    [
      'its log is not there',
      (data: string) =>
        readdirSync(join(data, 'pg_wal'))
          .filter((name) => /^[0-9A-F]{24}$/.test(name))
          .forEach((name) => rmSync(join(data, 'pg_wal', name))),
      /could not locate a valid checkpoint record|checkpoint/,
    ],
    [
      'a file of its catalogue is not there',
      (data: string) => rmSync(join(data, 'global/1260')),
      /could not open file "global\/1262"|1260/,
    ],
    [
      'there is no such version here',
      (data: string) => writeFileSync(join(data, 'PG_VERSION'), '9.4\n'),
      /of PostgreSQL 9\.4, and installed is/,
    ],
    ['it has no version', (data: string) => rmSync(join(data, 'PG_VERSION')), /PG_VERSION/],
    [
      'a tablespace leads to what was not backed up',
      (data: string) => symlinkSync('/srv/elsewhere', join(data, 'pg_tblspc/16500')),
      /16500 of the data directory leads to \/srv\/elsewhere, which the snapshot does not hold/,
    ],
  ])('is no backup when %s, and says so in the words of the server', async (_, damage, words) => {
    await using cluster = await filled()
    await cluster.stop('immediate')
    const { data, proving } = await restored(cluster)
    damage(data)
    await expect(proveCluster(proving, systemClock)).rejects.toThrow(words)
  })

  it('is no backup when the file of one table is not there', async () => {
    await using cluster = await filled()
    const file = await cluster.query("SELECT pg_relation_filepath('orders')", 'shop')
    await cluster.stop('fast')
    const { data, proving } = await restored(cluster)
    rmSync(join(data, file))
    await expect(proveCluster(proving, systemClock)).rejects.toThrow(
      'shop: the files of these relations are missing: orders',
    )
  })

  it('is looked at by pg_amcheck when that is asked for', async () => {
    await using cluster = await filled()
    await cluster.query('CREATE INDEX by_note ON orders (note)', 'shop')
    const file = await cluster.query("SELECT pg_relation_filepath('by_note')", 'shop')
    await cluster.stop('fast')
    const { data, proving } = await restored(cluster)
    const path = join(data, file)
    const pages = readFileSync(path)
    // The second page of the index, after the header of its page: items in another order.
    pages.copy(pages, 3 * 8192 + 4096, 5 * 8192 + 4096, 5 * 8192 + 8000)
    writeFileSync(path, pages)
    const { [Symbol.asyncDispose]: stop } = await proveCluster(proving, systemClock)
    await stop()
    cpSync(join(proving.beside, 'data'), data, { recursive: true })
    rmSync(proving.beside, { recursive: true })
    const asked = { ...proving, entry: entry({ type: 'postgres', params: { amcheck: true } }) }
    await expect(proveCluster(asked, systemClock)).rejects.toThrow(/pg_amcheck: .*by_note/s)
  })

  it('is nowhere where nothing of the kind was backed up, and is one alone', async () => {
    await using cluster = await filled()
    await cluster.stop('fast')
    const { proving, data } = await restored(cluster)
    cpSync(data, join(proving.directory, 'second'), { recursive: true })
    await expect(proveCluster(proving, systemClock)).rejects.toThrow('There are 2 PostgreSQL data directories')
    rmSync(proving.directory, { recursive: true })
    mkdirSync(proving.directory)
    await expect(proveCluster(proving, systemClock)).rejects.toThrow('There is no PostgreSQL data directory')
  })
})
