import { List, Modal, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Consumer } from '../../../contract/shapes/consumer.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { DangerForm } from '../../components/DangerForm.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { formatNumberOf } from '../../components/format.ts'
import { consumerTitle } from '../replicas/index.ts'

export interface DismissConsumerProps {
  /** Null for none. */
  readonly consumer: Consumer | null
  onClose(): void
  onDismissed(): void
}

/** Takes a consumer's role away, once its name was typed. */
export function DismissConsumer({ consumer, onClose, onDismissed }: DismissConsumerProps): ReactElement {
  const title = consumer === null ? '' : consumerTitle(consumer.name, consumer.id)
  return (
    <Modal
      opened={consumer !== null}
      onClose={onClose}
      title={<Text fw={650}>Dismiss {title}</Text>}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {consumer !== null && <Form consumer={consumer} title={title} onDismissed={onDismissed} />}
    </Modal>
  )
}

interface FormProps extends Pick<DismissConsumerProps, 'onDismissed'> {
  readonly consumer: Consumer
  readonly title: string
}

function Form({ consumer: { planeId, id, replicas }, title, onDismissed }: FormProps): ReactElement {
  const client = useClient()
  const dismiss = useMutation({
    mutationFn: () => client.consumers.dismiss({ planeId, consumerId: id }),
    onSuccess: onDismissed,
  })
  return (
    <>
      <DangerForm
        name={title}
        nameOf="The name of the consumer."
        confirm={`Dismiss ${title}`}
        pending={dismiss.isPending}
        onConfirm={() => dismiss.mutate()}
      >
        <Text size="sm">Its plane refuses it from now on, and what it may read ends at once.</Text>
        <List size="sm" mt="xs" spacing={4}>
          <List.Item>
            {replicas === 0
              ? 'No replica is declared for it.'
              : `${formatNumberOf(replicas, 'replica')} ${replicas === 1 ? 'is' : 'are'} declared for it and will not be restored: choose another consumer for them.`}
          </List.Item>
          <List.Item>What it has restored stays where it is, and its reports are kept.</List.Item>
          <List.Item>It comes back only with a new code.</List.Item>
        </List>
      </DangerForm>
      {dismiss.isError && <ErrorState description={describeError(dismiss.error)} />}
    </>
  )
}
