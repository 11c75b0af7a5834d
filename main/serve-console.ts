import { randomUUID } from 'node:crypto'
import type { Port } from '../contract/wire/port.ts'
import { servePort } from '../contract/wire/serve-port.ts'
import { WireHandler } from '../contract/wire/server-codec.ts'
import type { AuditService } from './services/audit/index.ts'
import type { Caller, ConsoleContext } from './services/console.ts'
import type { FanOutsService } from './services/fan-outs/index.ts'
import type { HostsService, RunMirror } from './services/hosts/index.ts'
import type { Log } from './services/log.ts'
import type { PlanesService } from './services/planes/index.ts'
import {
  type Belongings,
  EnteredWorkspace,
  type ForeignCall,
  type Place,
  type WorkspacesService,
} from './services/workspaces/index.ts'

/** The console's contract with its handlers. */
type Router = ConstructorParameters<typeof WireHandler>[0]

interface Deps {
  readonly workspaces: WorkspacesService
  readonly hosts: HostsService
  readonly mirror: RunMirror
  readonly fanOuts: FanOutsService
  readonly planes: PlanesService
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

function belongingsOf({
  hosts,
  mirror,
  fanOuts,
  planes,
}: Pick<Deps, 'hosts' | 'mirror' | 'fanOuts' | 'planes'>): Belongings {
  const onHost = (hostId: string): Place => ({ hostId, workspaceId: hosts.workspaceOf(hostId) })
  return {
    placesOf(what, id) {
      switch (what) {
        case 'run':
          return mirror.hostsOf(id).map(onHost)
        case 'fan-out':
          return fanOuts.hostsOf(id).map(onHost)
        case 'repository':
          return hosts.hostsOfRepository(id).map(onHost)
        case 'plane': {
          const workspaceId = planes.workspaceOf(id)
          return workspaceId === null ? [] : [{ hostId: null, workspaceId }]
        }
        case 'host':
          return hosts.workspaceOf(id) === null ? [] : [onHost(id)]
      }
    },
  }
}

/** In the workspace of whoever asked: the other one is told nothing that it could be asked about. */
function writeDown(audit: AuditService, { call, origin, workspaceId, hostId, what, id }: ForeignCall): void {
  const named = what === 'run' ? { runId: id } : what === 'repository' ? { repositoryId: id } : {}
  const of = hostId === null ? {} : { hostId }
  audit.refused({ action: 'call.refused', origin, workspaceId, summary: call, ...of, ...named }, 'workspace')
}

/** Unforeseen errors stay here, under a reference that may be shown. Only the stack is logged: fields may hold input. */
function reportTo(log: Log): (error: unknown) => string {
  return (error) => {
    const reference = randomUUID()
    log.error('unforeseen', { reference, error: error instanceof Error ? (error.stack ?? error.message) : 'no error' })
    return reference
  }
}
