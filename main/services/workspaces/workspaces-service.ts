import { randomUUID } from 'node:crypto'
import { Fault } from '../../../contract/errors.ts'
import type { Workspace, WorkspaceView } from '../../../contract/shapes/workspace.ts'
import type { SettingStore, WorkspaceStore } from '../../store/index.ts'
import { FIRST_WORKSPACE } from '../../store/index.ts'
import { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { HostsService } from '../hosts/index.ts'

const LAST_USED = 'workspace'

interface Deps {
  readonly store: WorkspaceStore
  readonly settings: SettingStore
  readonly hosts: Pick<HostsService, 'records'>
  readonly clock: Clock
}

/** The tenants of this console: what they are called and how they look. Which one a call is about is its connection's. */
export class WorkspacesService {
  readonly #deps: Deps
  readonly #changes = new Changes<'workspaces'>()
  #removed: (id: string) => Promise<void> = async () => undefined

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** By name, with how many hosts each has. */
  list(): WorkspaceView[] {
    const records = this.#deps.hosts.records()
    return this.#deps.store.list().map((workspace) => ({
      ...workspace,
      hosts: records.filter(({ workspaceId }) => workspaceId === workspace.id).length,
    }))
  }

  /** The list, now and again whenever it has changed. */
  async *watch(signal: AbortSignal): AsyncGenerator<WorkspaceView[]> {
    using changes = this.#changes.subscribe()
    yield this.list()
    while (true) {
      await changes.next(signal)
      yield this.list()
    }
  }

  /** Call it when one is no more. */
  onRemoved(listener: (id: string) => Promise<void>): void {
    this.#removed = listener
  }

  /** Hosts have come or gone. */
  hostsChanged(): void {
    this.#changes.announce('workspaces')
  }

  /** A workspace by its id, also one that was removed. Throws `not_found`. */
  get(id: string): Workspace {
    const workspace = this.#deps.store.get(id)
    if (workspace === null) throw new Fault('not_found', { what: 'workspace', id })
    return workspace
  }

  /** The id of the one that was entered last by anybody; of the first by name when that is no more. */
  lastUsed(): string {
    const { settings, store } = this.#deps
    const used = settings.get(LAST_USED) ?? FIRST_WORKSPACE
    const there = store.list()
    return there.some(({ id }) => id === used) ? used : (there[0]?.id ?? FIRST_WORKSPACE)
  }

  /** Somebody works in it from now on. Throws `not_found`, also for one that was removed. */
  use(id: string): Workspace {
    const workspace = this.#find(id)
    this.#deps.settings.set(LAST_USED, id)
    return workspace
  }

  /** Throws `conflict` (`workspace_exists`). */
  create({ name, color }: Pick<Workspace, 'name' | 'color'>): Workspace {
    this.#requireFree(name, null)
    return this.#put({ id: randomUUID(), name, color, madeAt: this.#deps.clock.now().toISOString() })
  }

  /** Throws `not_found`, `conflict` (`workspace_exists`). */
  change(id: string, change: Partial<Pick<Workspace, 'name' | 'color'>>): Workspace {
    const before = this.#find(id)
    if (change.name !== undefined) this.#requireFree(change.name, id)
    return this.#put({ ...before, ...change })
  }

  /** Throws `not_found`, `conflict` (`wrong_workspace_name`, `workspace_not_empty`). */
  async remove(id: string, typed: string): Promise<void> {
    const { store, clock } = this.#deps
    const { name } = this.#find(id)
    if (typed !== name) throw new Fault('conflict', { what: 'wrong_workspace_name', detail: name })
    const hosts = this.list().find((view) => view.id === id)?.hosts ?? 0
    if (hosts > 0) throw new Fault('conflict', { what: 'workspace_not_empty', detail: name })
    store.remove(id, clock.now().toISOString())
    await this.#removed(id)
    this.#changes.announce('workspaces')
  }

  #put(workspace: Workspace): Workspace {
    this.#deps.store.put(workspace)
    this.#changes.announce('workspaces')
    return workspace
  }

  #requireFree(name: string, except: string | null): void {
    const same = this.#deps.store.named(name)
    if (same !== null && same.id !== except)
      throw new Fault('conflict', { what: 'workspace_exists', detail: same.name })
  }

  #find(id: string): Workspace {
    const workspace = this.#deps.store.list().find((one) => one.id === id)
    if (workspace === undefined) throw new Fault('not_found', { what: 'workspace', id })
    return workspace
  }
}
