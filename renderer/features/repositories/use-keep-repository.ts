import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import { useClient } from '../../client/client-context.tsx'
import { suggestName } from './repository-address.ts'
import { accessOf, type RepositoryForm } from './tested-access.ts'

/** Keep a repository on a host and open it; or keep it and start the run that makes it, and open that. */
export function useKeepRepository(hostId: string) {
  const client = useClient()
  const navigate = useNavigate()
  const requestKey = useRef(crypto.randomUUID())
  /** Kept already, when only the start of its run was refused: it must not be kept twice. */
  const kept = useRef<RepositoryView | null>(null)

  const keep = async (form: RepositoryForm): Promise<RepositoryView> => {
    const access = accessOf(form)
    if (kept.current?.url === access.url) return kept.current
    kept.current = await client.repositories.add({ hostId, name: form.name.trim() || suggestName(access.url), access })
    return kept.current
  }
  return useMutation({
    mutationFn: async ({ form, initialise }: { form: RepositoryForm; initialise: boolean }) => {
      const { id } = await keep(form)
      if (!initialise) return navigate({ to: '/hosts/$hostId', params: { hostId }, search: { repository: id } })
      const run = await client.repositories.initialise({
        hostId,
        repositoryId: id,
        requestKey: requestKey.current,
        again: null,
      })
      return navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId, runId: run.id } })
    },
  })
}
