import { Chance } from './chance.ts'
import { files, folders, links, type Scene, together } from './scene.ts'

/** `quay`: the database server beside it; only its settings and dumps are backed up. */
export function databaseServer(moment: Date): Scene {
  return together(
    files(moment, {
      'etc/hostname': 'quay\n',
      'etc/postgresql/17/main/postgresql.conf': `listen_addresses = '192.0.2.20'\nmax_connections = 60\nshared_buffers = 512MB\nwal_level = replica\narchive_mode = on\narchive_command = 'test ! -f /srv/wal/%f && cp %p /srv/wal/%f'\nlog_min_duration_statement = 500\n`,
      'etc/postgresql/17/main/environment': '',
      'etc/postgresql/17/main/start.conf': 'auto\n',
    }),
    files(
      moment,
      {
        'etc/postgresql/17/main/pg_hba.conf': `local   all      postgres                     peer\nhost    booking  booking   192.0.2.10/32       scram-sha-256\n`,
        'etc/postgresql/17/main/pg_ident.conf': '# MAPNAME  SYSTEM-USERNAME  PG-USERNAME\n',
      },
      0o640,
    ),
    files(moment, {
      'var/backups/postgresql/booking.sql': dump(600),
      'var/backups/postgresql/globals.sql': 'CREATE ROLE booking LOGIN;\nCREATE ROLE reports NOLOGIN;\n',
      'var/backups/postgresql/base.tar': new Chance(61).bytes(300_000),
    }),
    folders(moment, { 'srv/wal': 0o700 }),
    links(moment, { 'etc/postgresql/current': '17' }),
  )
}

function dump(bookings: number): string {
  const chance = new Chance(51)
  const rows = Array.from({ length: bookings }, (_, at) => {
    return `${10_000 + at}\t${chance.pick(['heron', 'tern', 'curlew'])}\t${1 + chance.below(6)}\n`
  })
  return `CREATE TABLE bookings (number int PRIMARY KEY, boat text, hours int);\n\nCOPY bookings FROM stdin;\n${rows.join('')}\\.\n`
}
