import { t } from '@lingui/core/macro'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Replica } from '../../../contract/shapes/replica.ts'
import { Revokes } from './Revokes.tsx'
import { useSetEnabled } from './use-replicas.ts'

export interface DisableReplicaProps {
  /** Null for none. */
  readonly replica: Replica | null
  onClose(): void
}

/** Switches a replica off, once it was said what that takes away. */
export function DisableReplica({ replica, onClose }: DisableReplicaProps): ReactElement {
  const disable = useSetEnabled(onClose)
  const name = replica?.declaration.name ?? ''
  return (
    <Modal
      opened={replica !== null}
      onClose={onClose}
      title={<Text fw={650}>{t`Disable ${name}`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {replica !== null && (
        <Stack gap="md">
          <Text size="sm">{t`Nothing of it is dispatched until it is enabled again, and it is not judged. Its history stays.`}</Text>
          <div>
            <Revokes replica={replica} />
          </div>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Keep it enabled`}</Button>
            <Button
              color="red"
              variant="outline"
              loading={disable.isPending}
              onClick={() => disable.mutate({ replica, enabled: false })}
              data-autofocus
            >{t`Disable it`}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
