import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'

type Bound = Parameters<ReturnType<typeof useClient>['restorability']['setBound']>[0]

/** Says how old a proof may be. */
export function useSetBound(onChanged: () => void) {
  const client = useClient()
  return useMutation({
    mutationFn: (bound: Bound) => client.restorability.setBound(bound),
    onSuccess: onChanged,
    onError: (error) => {
      const { title, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: nextStep })
    },
  })
}
