import { Fault } from '../../../contract/errors.ts'
import type { Workspace } from '../../../contract/shapes/workspace.ts'
import type { OwnWorkspace } from '../console.ts'
import { type Belonging, namedIn } from './belongings.ts'
import type { WorkspacesService } from './workspaces-service.ts'

/** A call that named what is of another workspace. */
export interface ForeignCall {
  /** `runs.get`. */
  readonly call: string
  readonly origin: string
  /** The caller's. */
  readonly workspaceId: string
  readonly what: Belonging
  readonly id: string
  /** The host that it is of, or one of them. */
  readonly hostId: string
}

/** Which host has a thing. */
export interface Belongings {
  /** Ids of the hosts that have it; none where nobody knows it. */
  hostsOf(what: Belonging, id: string): readonly string[]
  /** Null for a host that is not known. */
  workspaceOf(hostId: string): string | null
}

interface Deps {
  readonly workspaces: WorkspacesService
  readonly belongings: Belongings
  readonly origin: string
  /** Told before the caller is. */
  readonly onRefused: (call: ForeignCall) => void
}

/** The workspace that one connection works in. Settled by the first who asks, for as long as the connection lives. */
export class EnteredWorkspace implements OwnWorkspace {
  readonly #deps: Deps
  #id: string | null = null

  constructor(deps: Deps) {
    this.#deps = deps
  }

  get id(): string {
    this.#id ??= this.#deps.workspaces.lastUsed()
    return this.#id
  }

  enter(workspaceId: string): Workspace {
    const { workspaces } = this.#deps
    if (this.#id !== null && this.#id !== workspaceId) {
      throw new Fault('conflict', { what: 'workspace_entered', detail: workspaces.get(this.#id).name })
    }
    const workspace = workspaces.use(workspaceId)
    this.#id = workspaceId
    return workspace
  }

  requireOwn(call: string, input: unknown): void {
    const { belongings, origin, onRefused } = this.#deps
    for (const { what, id } of namedIn(input)) {
      const hosts = belongings.hostsOf(what, id)
      const [hostId] = hosts
      // What nobody knows is for the handler to say, in the words it has for that.
      if (hostId === undefined || hosts.some((one) => belongings.workspaceOf(one) === this.id)) continue
      onRefused({ call, origin, workspaceId: this.id, what, id, hostId })
      throw new Fault('forbidden', { needs: 'workspace' })
    }
  }
}
