import { randomUUID } from 'node:crypto'
import type { Port } from '../contract/wire/port.ts'
import { servePort } from '../contract/wire/serve-port.ts'
import { WireHandler } from '../contract/wire/server-codec.ts'
import type { AuditService } from './services/audit/index.ts'
import type { Caller, ConsoleContext } from './services/console.ts'
import type { FanOutsService } from './services/fan-outs/index.ts'
import type { HostsService, RunMirror } from './services/hosts/index.ts'
import type { Log } from './services/log.ts'
import {
  type Belongings,
  EnteredWorkspace,
  type ForeignCall,
  type WorkspacesService,
} from './services/workspaces/index.ts'

/** The console's contract with its handlers. */
type Router = ConstructorParameters<typeof WireHandler>[0]

interface Deps {
  readonly workspaces: WorkspacesService
  readonly hosts: HostsService
  readonly mirror: RunMirror
  readonly fanOuts: FanOutsService
  readonly audit: AuditService
  readonly log: Log
}

/** Answers whom a front door has let in: each connection in one workspace, and what it asks of another one in the audit. */
export function serveConsole(router: Router, deps: Deps): (port: Port, caller: Caller) => void {
  const { workspaces, audit, log } = deps
  const belongings = belongingsOf(deps)
  const handler = new WireHandler<ConsoleContext>(router, reportTo(log))
  return (port, caller) => {
    const { origin } = caller
    const onRefused = (foreign: ForeignCall): void => writeDown(audit, foreign)
    const workspace = new EnteredWorkspace({ workspaces, belongings, origin, onRefused })
    servePort(port, handler, { ...caller, workspace })
  }
}

function belongingsOf({ hosts, mirror, fanOuts }: Pick<Deps, 'hosts' | 'mirror' | 'fanOuts'>): Belongings {
  return {
    hostsOf(what, id) {
      if (what === 'run') return mirror.hostsOf(id)
      if (what === 'fan-out') return fanOuts.hostsOf(id)
      if (what === 'repository') return hosts.hostsOfRepository(id)
      return hosts.workspaceOf(id) === null ? [] : [id]
    },
    workspaceOf: (hostId) => hosts.workspaceOf(hostId),
  }
}

/** In the workspace of whoever asked: the other one is told nothing that it could be asked about. */
function writeDown(audit: AuditService, { call, origin, workspaceId, hostId, what, id }: ForeignCall): void {
  const named = what === 'run' ? { runId: id } : what === 'repository' ? { repositoryId: id } : {}
  audit.refused({ action: 'call.refused', origin, workspaceId, hostId, summary: call, ...named }, 'workspace')
}

/** Unforeseen errors stay here, under a reference that may be shown. Only the stack is logged: fields may hold input. */
function reportTo(log: Log): (error: unknown) => string {
  return (error) => {
    const reference = randomUUID()
    log.error('unforeseen', { reference, error: error instanceof Error ? (error.stack ?? error.message) : 'no error' })
    return reference
  }
}
