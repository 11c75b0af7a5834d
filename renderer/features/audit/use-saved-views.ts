import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SavedView } from '../../../contract/shapes/saved-view.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'

export interface SavedViews {
  readonly views: readonly SavedView[]
  readonly isWriting: boolean
  /** Keep one, or what has changed of it; answers whether it was kept. */
  put(view: SavedView): Promise<boolean>
  remove(id: string): void
}

const KEY = ['saved-views']

/** The filters that people have given names, and what changes them. */
export function useSavedViews(): SavedViews {
  const client = useClient()
  const queries = useQueryClient()
  const views = useQuery({ queryKey: KEY, queryFn: ({ signal }) => client.savedViews.list(undefined, { signal }) })
  const told = {
    onSuccess: (next: SavedView[]) => queries.setQueryData(KEY, next),
    onError: (error: unknown) => {
      const { title, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: nextStep })
    },
  }
  const put = useMutation({ mutationFn: (view: SavedView) => client.savedViews.put(view), ...told })
  const remove = useMutation({ mutationFn: (id: string) => client.savedViews.remove({ id }), ...told })
  return {
    views: views.data ?? [],
    isWriting: put.isPending || remove.isPending,
    put: async (view) => {
      try {
        await put.mutateAsync(view)
        return true
      } catch {
        return false
      }
    },
    remove: remove.mutate,
  }
}
