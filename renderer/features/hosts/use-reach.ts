import { useMutation } from '@tanstack/react-query'
import { useClient } from '../../client/client-context.tsx'

/** Try to connect to a host now, not when the pause between two tries is over. What comes of it is told by its link. */
export function useReach(hostId: string): { readonly asking: boolean; run(): void } {
  const client = useClient()
  const reach = useMutation({ mutationFn: () => client.hosts.reach({ hostId }) })
  return { asking: reach.isPending, run: () => reach.mutate() }
}
