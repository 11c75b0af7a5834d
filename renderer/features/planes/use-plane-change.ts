import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'

/** Does one thing to planes; where it fails, that is said beside the page. */
export function usePlaneChange<I>(change: (planes: ConsoleClient['planes'], input: I) => Promise<unknown>) {
  const client = useClient()
  return useMutation({
    mutationFn: (input: I) => change(client.planes, input),
    onError: (error) => {
      const { title, explanation, nextStep } = describeError(error)
      notifications.show({
        color: 'red',
        title,
        message: [explanation, nextStep].filter((text) => text !== '').join(' '),
      })
    },
  })
}
