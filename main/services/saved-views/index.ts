import { Fault } from '../../../contract/errors.ts'
import type { SavedView } from '../../../contract/shapes/saved-view.ts'
import type { SavedViewStore } from '../../store/index.ts'
import { os } from '../console.ts'

/** Filters that people have given names. */
export class SavedViewsService {
  readonly #store: SavedViewStore

  constructor(store: SavedViewStore) {
    this.#store = store
  }

  /** By name. */
  list(workspaceId: string): SavedView[] {
    return this.#store.list(workspaceId)
  }

  /** Keep one, or what has changed of it. Throws `conflict` (`view_exists`). */
  put(workspaceId: string, view: SavedView): SavedView[] {
    const isKept = this.#store.put(workspaceId, view)
    if (!isKept) throw new Fault('conflict', { what: 'view_exists', detail: view.name })
    return this.list(workspaceId)
  }

  remove(workspaceId: string, id: string): SavedView[] {
    this.#store.remove(workspaceId, id)
    return this.list(workspaceId)
  }
}

/** `savedViews.*` of the console's contract. */
export function savedViewHandlers(views: SavedViewsService) {
  return {
    list: os.savedViews.list.handler(({ context }) => views.list(context.workspace.id)),
    put: os.savedViews.put.handler(({ input, context }) => views.put(context.workspace.id, input)),
    remove: os.savedViews.remove.handler(({ input, context }) => views.remove(context.workspace.id, input.id)),
  }
}
