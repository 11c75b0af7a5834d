import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../client/client-context.tsx'

/** The workspace's name and its colour, which marks what is dangerous; undefined until they are known. */
export function useWorkspace(): { readonly name: string; readonly color: string } | undefined {
  const client = useClient()
  const info = useQuery({ queryKey: ['system'], queryFn: ({ signal }) => client.system.info(undefined, { signal }) })
  return info.data?.workspace
}
