import { scramble } from './ids.ts'
import { pictureBytes } from './picture.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

const CONFIGURATION = `# PostgreSQL configuration file
#
#   name = value

#------------------------------------------------------------------------------
# CONNECTIONS AND AUTHENTICATION
#------------------------------------------------------------------------------

listen_addresses = 'localhost,10.20.4.11'\t# what IP address(es) to listen on;
port = 5432\t\t\t\t# (change requires restart)
max_connections = 200\t\t\t# (change requires restart)
superuser_reserved_connections = 3
unix_socket_directories = '/var/run/postgresql'

ssl = on
ssl_cert_file = '/etc/ssl/certs/db-01.pem'
ssl_key_file = '/etc/ssl/private/db-01.key'

#------------------------------------------------------------------------------
# RESOURCE USAGE (except WAL)
#------------------------------------------------------------------------------

shared_buffers = 8GB\t\t\t# min 128kB
work_mem = 64MB\t\t\t\t# min 64kB
maintenance_work_mem = 1GB
effective_cache_size = 24GB

#------------------------------------------------------------------------------
# WRITE-AHEAD LOG
#------------------------------------------------------------------------------

wal_level = replica\t\t\t# minimal, replica, or logical
archive_mode = on
archive_command = 'test ! -f /srv/wal/%f && cp %p /srv/wal/%f'
log_line_prefix = '%m [%p] %q%u@%d '\t# special values: %m = timestamp with milliseconds, %p = process ID, %u = user name, %d = database name
`

/** A line that reads otherwise than it acts, and signs that cannot be seen. */
const DECEIVING = `#!/bin/sh
# Only administrators may come here\u202e \u2066if [ "$role" = admin ]; then\u2069 \u2066
\u001b[31mred\u001b[0m, a bell \u0007 and zero\u200bwidth
`

const EXACT: Readonly<Record<string, () => Uint8Array>> = {
  '/etc/postgresql/postgresql.conf': () => encode(CONFIGURATION.repeat(17)),
  '/home/maria/line\nbreak': () => encode(DECEIVING),
  '/home/maria/a*b?[c].txt': () =>
    Uint8Array.from('caf\xe9 cr\xe8me, \xfcber die Br\xfccke\r\n', (character) => character.charCodeAt(0)),
  '/home/maria/🦊.png': () => pictureBytes(180, 120),
}

/** What each file of the gallery holds, as many bytes as it has or as are wanted. */
export function fileContents(path: string, length: number): Uint8Array {
  const exact = EXACT[path]?.()
  if (exact !== undefined) return exact.subarray(0, length)
  if (path.endsWith('.zst')) return noise(path, length, [0x28, 0xb5, 0x2f, 0xfd])
  if (path.endsWith('.odt')) return noise(path, length, [0x50, 0x4b, 0x03, 0x04])
  if (path.endsWith('.dcm'))
    return noise(path, length, [...Array.from({ length: 128 }, () => 0), 0x44, 0x49, 0x43, 0x4d])
  return encode(path.endsWith('syslog') ? repeated(logLine, length) : repeated(plainLine, length))
}

function noise(path: string, length: number, head: readonly number[]): Uint8Array {
  const bytes = Uint8Array.from({ length: length }, (_, at) => scramble(`${path} ${at}`) & 255)
  bytes.set(head.slice(0, bytes.length))
  return bytes
}

function repeated(line: (number: number) => string, length: number): string {
  let text = ''
  for (let number = 0; text.length < length; number += 1) text += line(number)
  return text.slice(0, length)
}

function plainLine(number: number): string {
  return number === 0 ? '# This file is made up.\n' : `setting_${number} = ${scramble(String(number)) % 1000}\n`
}

function logLine(number: number): string {
  const minute = String(number % 60).padStart(2, '0')
  const second = String((number * 7) % 60).padStart(2, '0')
  const level = number % 23 === 7 ? '\u001b[33mwarning\u001b[0m ' : ''
  return `Nov 21 02:${minute}:${second} db-01 postgres[${4000 + (number % 90)}]: ${level}checkpoint complete: wrote ${scramble(String(number)) % 90_000} buffers\n`
}

/** What some files held some nights ago. */
const OLDER: Readonly<Record<string, () => Uint8Array>> = {
  '/etc/postgresql/postgresql.conf': () =>
    encode(
      CONFIGURATION.repeat(17)
        .replace('max_connections = 200', 'max_connections = 100')
        .replace("'localhost,10.20.4.11'", "'localhost'")
        .replace('ssl_key_file', '# Until the new key is there:\nssl_key_file')
        .replace('work_mem = 64MB\t\t\t\t# min 64kB\n', '')
        .replaceAll('\n', '\r\n'),
    ),
  '/home/maria/🦊.png': () => pictureBytes(120, 120),
}

/** What a file held some nights ago; most held the same. */
export function olderContents(path: string, length: number): Uint8Array {
  return OLDER[path]?.().subarray(0, length) ?? fileContents(path, length)
}

/** What some files hold on the host now. */
const PRESENT: Readonly<Record<string, () => Uint8Array>> = {
  '/etc/postgresql/postgresql.conf': () =>
    encode(
      CONFIGURATION.repeat(17)
        .replace('max_connections = 200', 'max_connections = 250')
        .replace('shared_buffers = 8GB', 'shared_buffers = 12GB')
        .replace('ssl = on\n', 'ssl = on\nssl_min_protocol_version = TLSv1.3\n'),
    ),
}

/** What a file holds on the host now; most hold what they held last night. */
export function presentContents(path: string, length: number): Uint8Array {
  const exact = PRESENT[path]?.().subarray(0, length)
  if (exact !== undefined) return exact
  const bytes = fileContents(path, length)
  const edited = 1620
  if (!path.endsWith('.odt') || bytes.length <= edited) return bytes
  return bytes.with(edited, (bytes[edited] ?? 0) ^ 0x5a)
}
