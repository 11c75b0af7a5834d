import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Run } from '../../../contract/shapes/run.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ConfirmButton } from '../../components/ConfirmButton.tsx'

export interface CancelRunProps {
  readonly hostId: string
  readonly run: Run
}

/** End a run that goes on. It answers when restic has really ended; what is left on disk is said before. */
export function CancelRun({ hostId, run }: CancelRunProps): ReactElement {
  const client = useClient()
  const cancel = useMutation({
    mutationFn: () => client.runs.cancel({ hostId, runId: run.id, when: 'now' }),
    onError: (error) => {
      const { title, explanation, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: `${explanation} ${nextStep}`, autoClose: false })
    },
  })
  return (
    <ConfirmButton
      variant="outline"
      color="red"
      loading={cancel.isPending}
      question={
        run.subject.kind === 'restore'
          ? 'restic is stopped. The files written so far stay in the target folder; nothing is taken back. The run cannot be resumed, only started anew.'
          : run.subject.kind === 'backup'
            ? 'restic is stopped and no snapshot is made. What had been sent already does no harm.'
            : 'restic is stopped. What was made so far stays where it is.'
      }
      confirm="Cancel the run"
      keep="Let it run"
      onConfirm={() => cancel.mutate()}
    >
      Cancel…
    </ConfirmButton>
  )
}
