import { withEventMeta } from '@orpc/server'
import { Fault } from '../../../contract/errors.ts'
import { toColumns } from '../../../contract/shapes/columns.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { Target } from '../../../contract/shapes/restore.ts'
import { isEnded, type LedgerAction, type RunEvent } from '../../../contract/shapes/run.ts'
import { auditEntry } from './audit.ts'
import { repositoryView } from './fleet.ts'
import { uuidOf } from './ids.ts'
import { type Implementation, implementation } from './implementation.ts'
import { type RecordedRun, restoreRun } from './runs.ts'
import { begin, finish } from './simulate.ts'
import { ofSnapshots } from './snapshot-handlers.ts'
import type { World } from './world.ts'

const LEDGER_KEYS = ['path', 'action', 'size', 'reason'] as const
const LEDGER_ORDER: readonly LedgerAction[] = ['failed', 'skipped', 'deleted', 'updated', 'restored', 'unchanged']

function hostOf(world: World, hostId: string): HostView {
  const host = world.hosts.get(hostId)
  if (host === undefined) throw new Fault('not_found', { what: 'host', id: hostId })
  return host
}

function runOf(world: World, runId: string): RecordedRun {
  const recorded = world.runs.get(runId)
  if (recorded === undefined) throw new Fault('not_found', { what: 'run', id: runId })
  return recorded
}

function refuseWhenBusy(host: HostView): void {
  if (host.activeRun === null) return
  const { id, subject, queuedAt } = host.activeRun
  throw new Fault('host_busy', { runId: id, kind: subject.kind, startedAt: queuedAt })
}

/** The console contract over a world in memory. */
export function consoleRouter(world: World) {
  const os = implementation(world)
  return os.router({ ...ofConsole(os, world), ...ofHosts(os, world), ...ofSnapshots(os, world), ...ofRuns(os, world) })
}

function ofConsole(os: Implementation, world: World) {
  return {
    system: {
      info: os.system.info.handler(() => world.system),
      openRunFolder: os.system.openRunFolder.handler(() => ({})),
      pickFolder: os.system.pickFolder.handler(() => ({ path: '/home/maria/restored' })),
    },
    secrets: {
      status: os.secrets.status.handler(() => world.secrets),
      watch: os.secrets.watch.handler(({ signal }) => world.told.secrets.follow(signal, () => [world.secrets])),
      create: os.secrets.create.handler(({ input }) => openSecrets(world, input.passphrase)),
      unlock: os.secrets.unlock.handler(({ input }) => {
        if (input.passphrase !== world.passphrase) throw new Fault('wrong_password', {})
        return openSecrets(world, input.passphrase)
      }),
    },
  }
}

function ofHosts(os: Implementation, world: World) {
  return {
    hosts: {
      list: os.hosts.list.handler(() => [...world.hosts.values()]),
      get: os.hosts.get.handler(({ input }) => hostOf(world, input.hostId)),
      watch: os.hosts.watch.handler(({ signal }) => world.told.hosts.follow(signal, () => [...world.hosts.values()])),
    },
    repositories: {
      test: os.repositories.test.handler(() => world.probe),
      add: os.repositories.add.handler(({ input }) => {
        const { url, username, password } = input.access
        const id = uuidOf(url)
        const view = repositoryView(id, {
          name: input.name,
          url,
          username: username || null,
          hasPassword: password !== '',
        })
        changeHost(world, input.hostId, (host) => ({ ...host, repositories: [...host.repositories, view] }))
        return view
      }),
      remove: os.repositories.remove.handler(({ input }) => {
        const others = (host: HostView) => host.repositories.filter(({ id }) => id !== input.repositoryId)
        changeHost(world, input.hostId, (host) => ({ ...host, repositories: others(host) }))
        return {}
      }),
      initialise: os.repositories.initialise.handler(({ input }) =>
        start(world, input.hostId, { ...input, subject: { kind: 'init', sample: false } }),
      ),
      createSample: os.repositories.createSample.handler(({ input }) => {
        const sample = { repositoryId: 'sample', subject: { kind: 'init', sample: true } } as const
        return start(world, input.hostId, { ...input, ...sample })
      }),
    },
  }
}

function ofRuns(os: Implementation, world: World) {
  return {
    restores: {
      plan: os.restores.plan.handler(({ input }) => ({
        files: 214,
        bytes: 38 * 1024 ** 2,
        targetPath: targetPath(hostOf(world, input.hostId), input.target, '<run-id>'),
        free: 58 * 1024 ** 3,
        hash: uuidOf(JSON.stringify(input)),
        madeAt: new Date().toISOString(),
      })),
      start: os.restores.start.handler(({ input }) => {
        const { hostId, repositoryId, snapshotId, selection, target, requestKey } = input
        const folder = targetPath(hostOf(world, hostId), target, `run-${requestKey.slice(0, 8)}`)
        const snapshotTime = world.snapshots.get(repositoryId)?.find(({ id }) => id === snapshotId)?.time ?? ''
        const subject = {
          kind: 'restore',
          snapshotId,
          snapshotTime,
          selection,
          target,
          targetPath: folder,
          planHash: null,
        } as const
        return start(world, hostId, { repositoryId, requestKey, subject })
      }),
    },
    runs: {
      list: os.runs.list.handler(({ input }) =>
        [...world.runs.values()]
          .filter(({ hostId }) => input.hostId === null || hostId === input.hostId)
          .toSorted((a, b) => b.run.queuedAt.localeCompare(a.run.queuedAt))
          .map(({ hostId, run }) => ({ hostId, run })),
      ),
      get: os.runs.get.handler(({ input }) => runOf(world, input.runId).run),
      follow: os.runs.follow.handler(({ input, signal, lastEventId }) =>
        followRun(world, input.runId, { after: Number(lastEventId ?? 0), signal }),
      ),
      ledger: os.runs.ledger.handler(({ input }) => {
        const { ledger } = runOf(world, input.runId)
        const items = ledger
          .filter(({ action }) => input.action === null || action === input.action)
          .toSorted((a, b) => LEDGER_ORDER.indexOf(a.action) - LEDGER_ORDER.indexOf(b.action))
        const page = items.slice(input.offset, input.offset + input.limit)
        return { offset: input.offset, total: items.length, items: toColumns(page, LEDGER_KEYS) }
      }),
      cancel: os.runs.cancel.handler(({ input }) => {
        finish(world, input.runId, 'cancelled')
        return runOf(world, input.runId).run
      }),
    },
    audit: {
      recent: os.audit.recent.handler(({ input }) => auditOf(world, input.hostId)),
      watch: os.audit.watch.handler(async function* ({ input, signal }) {
        for await (const _ of world.told.audit.follow(signal, () => [world.audit])) yield auditOf(world, input.hostId)
      }),
    },
  }
}

function auditOf(world: World, hostId: string | null) {
  return world.audit.filter((entry) => hostId === null || entry.hostId === hostId)
}

function openSecrets(world: World, passphrase: string) {
  world.passphrase = passphrase
  world.secrets = { ...world.secrets, state: 'ready' }
  world.told.secrets.publish(world.secrets)
  return world.secrets
}

function changeHost(world: World, hostId: string, change: (host: HostView) => HostView): void {
  const changed = change(hostOf(world, hostId))
  world.hosts.set(hostId, changed)
  world.told.hosts.publish(changed)
}

function targetPath(host: HostView, target: Target, runId: string): string {
  return target.kind === 'path' ? target.path : `${host.agent?.stagingRoot ?? ''}/${runId}`
}

type Asked = Pick<RecordedRun['run'], 'repositoryId' | 'requestKey' | 'subject'>

/** The same request key gives the same run; a host that is busy refuses another. */
function start(world: World, hostId: string, asked: Asked) {
  const known = [...world.runs.values()].find(({ run }) => run.requestKey === asked.requestKey)
  if (known !== undefined) return known.run
  refuseWhenBusy(hostOf(world, hostId))
  const { repositoryId, requestKey, subject } = asked
  const queuedAt = new Date().toISOString()
  const id = `run-${requestKey.slice(0, 8)}`
  const run = restoreRun(id, { repositoryId, requestKey, subject, state: 'queued', queuedAt, startedAt: null })
  if (subject.kind === 'restore') {
    const { snapshotId, targetPath: folder } = subject
    const row = {
      at: queuedAt,
      hostId,
      repositoryId,
      snapshotId,
      targetPath: folder,
      outcome: 'pending',
      endedAt: null,
    } as const
    world.audit = [
      auditEntry(id, {}, { ...row, runId: id, summary: subject.selection.include.join(', ') }),
      ...world.audit,
    ]
  }
  begin(world, hostId, run)
  return run
}

async function* followRun(
  world: World,
  runId: string,
  { after, signal }: { after: number; signal: AbortSignal | undefined },
): AsyncGenerator<RunEvent, void> {
  let seen = after
  for await (const changed of world.told.runs.follow(signal, () => [runId])) {
    if (changed !== runId) continue
    const { events, run } = runOf(world, runId)
    for (const event of events.slice(seen)) {
      seen = event.sequence
      yield withEventMeta(event, { id: String(event.sequence) })
    }
    if (isEnded(run.state)) return
  }
}
