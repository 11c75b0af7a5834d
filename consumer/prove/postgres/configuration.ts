import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { canHoldSocket } from '../../places.ts'
import { ProofFailed } from '../proof.ts'
import type { Cluster } from './find-cluster.ts'

/** The role that clients of a replica that stays get: it reads everything, and writes nothing. */
export const READER = 'restore_reader'

/** Who may come in over the socket: whoever proves the cluster, or readers alone. */
const LET_IN = {
  prover: 'local all all trust\n',
  reader: `local all ${READER} trust\nlocal all all reject\n`,
} as const

export interface Configured {
  /** Arguments of `postgres`. */
  readonly args: readonly string[]
  readonly socketDirectory: string
}

/**
 * A configuration of our own: the one of the machine that was backed up may lie elsewhere, and it names commands, addresses and files that
 * are not ours to use. What the data directory holds of it is set aside, with what says that a server runs or is to follow one.
 */
export async function configure({ dataDirectory }: Cluster, beside: string): Promise<Configured> {
  for (const name of ['postmaster.pid', 'postmaster.opts', 'standby.signal', 'recovery.signal', 'recovery.conf']) {
    await rm(join(dataDirectory, name), { force: true })
  }
  const automatic = join(dataDirectory, 'postgresql.auto.conf')
  await rename(automatic, join(beside, 'postgresql.auto.conf.restored')).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  })
  await writeAnew(automatic, '')
  const socketDirectory = join(beside, 's')
  if (!canHoldSocket(socketDirectory)) {
    throw new ProofFailed(
      `${socketDirectory} is too long a path for a socket: let the consumer restore to a shorter one.`,
    )
  }
  // The socket's lock names a process that is gone; its number may be another's by now.
  await rm(socketDirectory, { recursive: true, force: true })
  await mkdir(socketDirectory, { recursive: true })
  const settings = {
    data_directory: dataDirectory,
    hba_file: join(beside, 'pg_hba.conf'),
    ident_file: join(beside, 'pg_ident.conf'),
    listen_addresses: '',
    unix_socket_directories: socketDirectory,
    unix_socket_permissions: '0777',
    archive_mode: 'off',
    ssl: 'off',
    fsync: 'off',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '',
    max_connections: '50',
    shared_buffers: '128MB',
  }
  const quoted = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
  const file = join(beside, 'postgresql.conf')
  await writeAnew(file, quoted.join(''))
  await writeAnew(join(beside, 'pg_ident.conf'), '')
  await letIn('prover', beside)
  return { args: ['-D', dataDirectory, '-c', `config_file=${file}`], socketDirectory }
}

/** Takes effect when the server reads its configuration again. */
export async function letIn(whom: keyof typeof LET_IN, beside: string): Promise<void> {
  await writeAnew(join(beside, 'pg_hba.conf'), LET_IN[whom])
}

/**
 * The folders hold what nobody vouches for, and belong to the user of a server that has run on it: a link that stands where we write would lead us
 * elsewhere, with more rights than that user has. What stands there goes, and the file is made or nothing is. The server reads it.
 */
async function writeAnew(path: string, content: string): Promise<void> {
  await rm(path, { force: true })
  await using file = await open(path, 'wx')
  await file.chmod(0o644)
  await file.writeFile(content)
}
