import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { SearchService } from './search-service.ts'

export { SearchService } from './search-service.ts'

/** `search.*` of the console's contract. */
export function searchHandlers(search: SearchService) {
  return {
    find: os.search.find.handler(({ input: { scope, ...query }, context, signal }) =>
      search.find(
        query,
        scope.kind === 'everywhere' ? { ...scope, workspaceId: context.workspace.id } : scope,
        signalOf({ signal }),
      ),
    ),
  }
}
