import { join } from 'node:path'
import { startRestServer } from './rest-server.ts'
import { backUp, makeRepository, type MadeRepository, restic } from './restic.ts'
import { temporaryDirectory } from './temporary-directory.ts'
import { systemClock } from '../consumer/clock.ts'
import { composeConsumer, type Composed, type Settings, type Surroundings } from '../consumer/compose.ts'
import { remember } from '../consumer/enrolled.ts'
import type { Recorded } from './recorded-plane.ts'
import { type RecordedPlane, startRecordedPlane } from './recorded-plane.ts'

const USER = { username: 'reader', password: 'of the gateway' }
export const IDS = {
  replica: '7d7f3b0e-3f4b-4c1c-9c55-6a6b9d1b0001',
  group: '7d7f3b0e-3f4b-4c1c-9c55-6a6b9d1b0002',
  machine: '7d7f3b0e-3f4b-4c1c-9c55-6a6b9d1b0003',
}

/** A consumer with a plane that answers what it is told to, and a real repository behind a real server. */
export interface ConsumerWorld extends AsyncDisposable {
  readonly plane: RecordedPlane
  readonly settings: Settings
  readonly repository: MadeRepository
  /** An entry of the worklist, in the shape of the newest plane. */
  entry(fields?: Readonly<Record<string, unknown>>): Record<string, unknown>
  /** List these from now on. */
  list(...entries: readonly unknown[]): void
  /** Credentials that are good for an hour, or for as many seconds. */
  issue(seconds?: number): Recorded
  backUp(): Promise<string>
  start(around?: Partial<Surroundings>, settings?: Partial<Settings>): Promise<Composed>
}

export interface WorldOptions {
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** A folder to back up in place of files. */
  readonly source?: string
}

export async function consumerWorld(options: WorldOptions = {}): Promise<ConsumerWorld> {
  await using stack = new AsyncDisposableStack()
  const directory = stack.use(temporaryDirectory())
  const plane = stack.use(await startRecordedPlane())
  const server = stack.use(
    await startRestServer({ directory: directory.path, users: { [USER.username]: USER.password } }),
  )
  // Made where the server keeps it: its key opens at once, as in every repository of the tests.
  const place = { url: server.repositoryDirectory('shop') }
  const repository = await makeRepository({ directory: directory.path, access: place, ...options })
  const access = { url: `rest:${server.url}shop` }
  const dataDirectory = join(directory.path, 'c')
  const settings: Settings = {
    dataDirectory,
    scratch: join(dataDirectory, 's'),
    interval: 3600,
    atOnce: 2,
    budget: null,
    graceSeconds: 0,
    user: process.getuid?.() === 0 ? 'nobody' : null,
    resticCandidates: [restic().path],
    command: null,
  }
  const { mkdirSync, chmodSync } = await import('node:fs')
  mkdirSync(dataDirectory)
  chmodSync(directory.path, 0o755)
  remember(dataDirectory, { url: plane.url, trusted: null, deviceId: 'device', name: 'a consumer' })
  const owned = stack.move()
  const world: ConsumerWorld = {
    plane,
    settings,
    repository,
    entry: (fields = {}) => ({
      replica_id: IDS.replica,
      group_id: IDS.group,
      machine_id: IDS.machine,
      server_id: IDS.machine,
      type: 'files',
      intent: 'verify',
      name: 'shop-verify',
      overdue_after_seconds: 86_400,
      params: { amcheck: false, time_limit: 600 },
      snapshot_id: repository.snapshotId,
      snapshot_at: '2026-11-27T06:00:00Z',
      storage: 'rest',
      bucket: '',
      prefix: '',
      region: '',
      repository_url: access.url,
      what_nobody_knows_yet: true,
      ...fields,
    }),
    list: (...entries) => {
      plane.worklist = { status: 200, body: entries }
    },
    issue: (seconds = 3600) => ({
      status: 200,
      body: {
        credentials: {
          Version: 1,
          AccessKeyId: USER.username,
          SecretAccessKey: USER.password,
          SessionToken: '',
          Expiration: new Date(Date.now() + seconds * 1000).toISOString(),
        },
        repo_password: repository.repository.access.password,
      },
    }),
    backUp: async () => (await backUp(repository.repository, repository.source, ['--force'])).snapshotId,
    start: async (around = {}, changed = {}) =>
      await composeConsumer(
        { ...settings, ...changed },
        {
          clock: systemClock,
          log: { info: () => undefined, warn: () => undefined, error: () => undefined },
          random: () => 0.5,
          sqliteChecker: new URL('../consumer/prove/check-sqlite.ts', import.meta.url),
          onStep: () => undefined,
          ...around,
        },
      ),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
  plane.credentials = world.issue()
  return world
}
