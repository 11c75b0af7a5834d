import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import type { Run } from '../../../contract/shapes/run.ts'
import { ConnectionLost } from '../../../contract/wire/port.ts'

/**
 * Start a run and go to its page. Asked again after the connection went away, the same request key gives the same run;
 * after a run was started or refused, the next press means another one.
 */
export function useStartRun<A>(hostId: string, start: (requestKey: string, asked: A) => Promise<Run>) {
  const navigate = useNavigate()
  const requestKey = useRef(crypto.randomUUID())
  return useMutation({
    mutationFn: async (asked: A) => start(requestKey.current, asked),
    onSuccess: ({ id }) => void navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId, runId: id } }),
    onSettled: (_run, error) => {
      if (!(error instanceof ConnectionLost)) requestKey.current = crypto.randomUUID()
    },
  })
}
