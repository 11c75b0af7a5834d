import { withEventMeta } from '@orpc/server'
import { Fault } from '../../../contract/errors.ts'
import { isEnded, type RunEvent } from '../../../contract/shapes/run.ts'
import type { HostRun } from '../../../contract/shapes/run-page.ts'
import { summariseRun } from '../../../contract/shapes/run-summary.ts'
import { anchorOf, checkOf, OWN } from './audit-chain.ts'
import { ofCompare } from './compare-handlers.ts'
import { ofConsumers, ofVerifications } from './consumer-handlers.ts'
import { ofFanOuts } from './fan-out-handlers.ts'
import { pinOf } from './fleet.ts'
import { ofHosts } from './host-handlers.ts'
import { type Implementation, implementation } from './implementation.ts'
import { ledgerPage } from './ledger-page.ts'
import { ofNotices } from './notice-handlers.ts'
import { ofPastRestores } from './past-restore-handlers.ts'
import { ofPlanes } from './plane-handlers.ts'
import { ofReplicas } from './replica-handlers.ts'
import { ofRestorability } from './restorability-handlers.ts'
import { ofRestores } from './restore-handlers.ts'
import { everyRun, goingIn, pageOf, usualOf } from './run-pages.ts'
import type { RecordedRun } from './runs.ts'
import { finish } from './simulate.ts'
import { ofSnapshots } from './snapshot-handlers.ts'
import { ofUpdates } from './update-handlers.ts'
import { ofWorkspaces } from './workspace-handlers.ts'
import type { World } from './world.ts'

function runOf(world: World, runId: string): RecordedRun {
  const recorded = world.runs.get(runId)
  if (recorded === undefined) throw new Fault('not_found', { what: 'run', id: runId })
  return recorded
}

function knownRun(world: World, runId: string): HostRun {
  const known = everyRun(world).find(({ run }) => run.id === runId)
  if (known === undefined) throw new Fault('not_found', { what: 'run', id: runId })
  return known
}

/** The console contract over a world in memory. */
export function consoleRouter(world: World) {
  const os = implementation(world)
  return os.router({
    ...ofConsole(os, world),
    ...ofHosts(os, world),
    ...ofSnapshots(os, world),
    ...ofCompare(os, world),
    ...ofRestores(os, world),
    fanOuts: ofFanOuts(os, world),
    ...ofRuns(os, world),
    ...ofPastRestores(os, world),
    ...ofRestorability(os, world),
    planes: ofPlanes(os, world),
    consumers: ofConsumers(os, world),
    replicas: ofReplicas(os, world),
    verifications: ofVerifications(os, world),
    updates: ofUpdates(os, world),
  })
}

const DIAGNOSTICS = {
  dataDirectory: '/home/maria/.config/restore-console',
  platform: 'linux',
  release: '6.12.0',
  architecture: 'x64',
  runtime: 'Electron 39.2.1',
  log: [
    '2026-11-21T13:58:02.114Z info the console has started version=0.1.0',
    '2026-11-21T13:58:03.871Z warning a host cannot be reached host=lab-win-7 reason=timeout',
    '2026-11-21T14:02:11.020Z info a run has begun host=db-01 kind=restore target=/var/restic-restore/0f3a',
  ],
}

function ofConsole(os: Implementation, world: World) {
  return {
    system: {
      info: os.system.info.handler(() => world.system),
      identity: os.system.identity.handler(() => ({ actor: world.system.actor, pin: pinOf('maria@ops-laptop') })),
      diagnostics: os.system.diagnostics.handler(() => DIAGNOSTICS),
      speak: os.system.speak.handler(() => ({})),
      openRunFolder: os.system.openRunFolder.handler(() => ({})),
      pickFolder: os.system.pickFolder.handler(() => ({ path: '/home/maria/restored' })),
    },
    workspaces: ofWorkspaces(os, world),
    notices: ofNotices(os, world),
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

function ofRuns(os: Implementation, world: World) {
  return {
    runs: {
      page: os.runs.page.handler(({ input }) => pageOf(world, input)),
      watch: os.runs.watch.handler(async function* ({ signal }) {
        for await (const runId of world.told.runs.follow<null>(signal, () => [null])) {
          if (runId === null) yield { runs: goingIn(world), moved: true }
          else {
            const { hostId, run } = runOf(world, runId)
            yield {
              runs: [{ hostId, run: summariseRun(run) }],
              moved: run.state !== 'running' || run.progress === null,
            }
          }
        }
      }),
      starters: os.runs.starters.handler(() =>
        [...new Set(everyRun(world).map(({ run }) => run.startedBy))].toSorted((a, b) => a.localeCompare(b)),
      ),
      known: os.runs.known.handler(({ input }) => knownRun(world, input.runId)),
      usual: os.runs.usual.handler(({ input }) => usualOf(world, knownRun(world, input.runId))),
      get: os.runs.get.handler(({ input }) => runOf(world, input.runId).run),
      follow: os.runs.follow.handler(({ input, signal, lastEventId }) =>
        followRun(world, input.runId, { after: Number(lastEventId ?? 0), signal }),
      ),
      ledger: os.runs.ledger.handler(({ input }) => ledgerPage(runOf(world, input.runId), input)),
      cancel: os.runs.cancel.handler(({ input }) => {
        if (input.when === 'now') finish(world, input.runId, 'cancelled')
        return runOf(world, input.runId).run
      }),
    },
    audit: ofAudit(os, world),
  }
}

function ofAudit(os: Implementation, world: World) {
  return {
    recent: os.audit.recent.handler(({ input }) => auditOf(world, input.hostId)),
    watch: os.audit.watch.handler(async function* ({ input, signal }) {
      for await (const _ of world.told.audit.follow(signal, () => [world.audit])) yield auditOf(world, input.hostId)
    }),
    verify: os.audit.verify.handler(({ input }) => checkOf(input.hostId, input.anchor)),
    anchor: os.audit.anchor.handler(({ input }) => anchorOf(input.hostId)),
    verifyOwn: os.audit.verifyOwn.handler(({ input }) => checkOf(OWN, input.anchor)),
    anchorOwn: os.audit.anchorOwn.handler(() => anchorOf(OWN)),
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
