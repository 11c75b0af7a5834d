import { plural, t } from '@lingui/core/macro'
import { List, Modal, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Consumer } from '../../../contract/shapes/consumer.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { DangerForm } from '../../components/DangerForm.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
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
      title={<Text fw={650}>{t`Dismiss ${title}`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
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
        nameOf={t`The name of the consumer.`}
        confirm={t`Dismiss ${title}`}
        pending={dismiss.isPending}
        onConfirm={() => dismiss.mutate()}
      >
        <Text size="sm">{t`Its plane refuses it from now on, and what it may read ends at once.`}</Text>
        <List size="sm" mt="xs" spacing={4}>
          <List.Item>
            {replicas === 0
              ? t`No replica is declared for it.`
              : plural(replicas, {
                  one: '# replica is declared for it and will not be restored: choose another consumer for them.',
                  other: '# replicas are declared for it and will not be restored: choose another consumer for them.',
                })}
          </List.Item>
          <List.Item>{t`What it has restored stays where it is, and its reports are kept.`}</List.Item>
          <List.Item>{t`It comes back only with a new code.`}</List.Item>
        </List>
      </DangerForm>
      {dismiss.isError && <ErrorState description={describeError(dismiss.error)} />}
    </>
  )
}
