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
  /** The host that it is of, or one of them; null where it is of none. */
  readonly hostId: string | null
}

/** Where a thing is. */
export interface Place {
  readonly workspaceId: string | null
  /** Null for what is of no host. */
  readonly hostId: string | null
}

/** Which workspaces have a thing. */
export interface Belongings {
  /** None where nobody knows it. */
  placesOf(what: Belonging, id: string): readonly Place[]
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
      const places = belongings.placesOf(what, id)
      const [first] = places
      // What nobody knows is for the handler to say, in the words it has for that.
      if (first === undefined || places.some(({ workspaceId }) => workspaceId === this.id)) continue
      onRefused({ call, origin, workspaceId: this.id, what, id, hostId: first.hostId })
      throw new Fault('forbidden', { needs: 'workspace' })
    }
  }
}
