import { QueryClient } from '@tanstack/react-query'

/**
 * What was read stays until something says that it changed. Nothing is paused when the operating system believes it is
 * offline, for the console is on this computer; and nothing is repeated, for the client does that itself.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        refetchOnWindowFocus: false,
        staleTime: Number.POSITIVE_INFINITY,
        structuralSharing: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
