import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { HostView } from '../../../contract/shapes/host.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'

export interface HostChange extends Partial<Pick<HostView, 'name' | 'labels' | 'pinned'>> {
  readonly hostId: string
}

/** Give a host another name or other labels, or keep it at the top; what is not said stays. Every window is told. */
export function useHostChange() {
  const client = useClient()
  return useMutation({
    mutationFn: ({ hostId, name, labels, pinned }: HostChange) =>
      client.hosts.change({ hostId, name: name ?? null, labels: labels ?? null, pinned: pinned ?? null }),
    onError: (error) => {
      const { title, explanation, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: `${explanation} ${nextStep}` })
    },
  })
}
