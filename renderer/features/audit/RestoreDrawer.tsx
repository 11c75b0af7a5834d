import { t } from '@lingui/core/macro'
import { ActionIcon, Drawer, Group, Text, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { PastRestore } from '../../../contract/shapes/past-restore.ts'
import { formatCount } from '../../components/format.ts'
import { useKeys } from '../../components/keys.tsx'
import { RestoreRecord } from './RestoreRecord.tsx'

export interface RestoreDrawerProps {
  /** Null before any was looked at. */
  readonly restore: PastRestore | null
  readonly hostName: string
  readonly opened: boolean
  /** Its place in the list, from 1, and how many there are; null where there is no list to go through. */
  readonly place: { readonly at: number; readonly of: number } | null
  /** Look at the one before or after it in the list. */
  onStep(step: 1 | -1): void
  onClose(): void
}

/** One restore with all that is known of it; the keys `j` and `k` go through the list. */
export function RestoreDrawer({ restore, hostName, opened, place, onStep, onClose }: RestoreDrawerProps): ReactElement {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={560}
      title={
        <Group gap="xs" wrap="nowrap">
          <Text fw={650}>{restore === null ? '' : t`Restore on ${hostName}`}</Text>
          {place !== null && <Steps place={place} onStep={onStep} />}
        </Group>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {restore !== null && <RestoreRecord key={`${restore.hostId} ${restore.id}`} restore={restore} />}
    </Drawer>
  )
}

interface StepsProps extends Pick<RestoreDrawerProps, 'onStep'> {
  readonly place: { readonly at: number; readonly of: number }
}

function Steps({ place: { at, of }, onStep }: StepsProps): ReactElement {
  useKeys([
    { keys: 'k', does: 'newer', label: t`newer`, run: () => onStep(-1) },
    { keys: 'j', does: 'older', label: t`older`, run: () => onStep(1) },
  ])
  return (
    <Group gap={4} wrap="nowrap">
      <Tooltip label={t`The newer one (k)`}>
        <ActionIcon aria-label={t`The newer one`} disabled={at <= 1} onClick={() => onStep(-1)}>
          <IconChevronUp size={16} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t`The older one (j)`}>
        <ActionIcon aria-label={t`The older one`} disabled={at >= of} onClick={() => onStep(1)}>
          <IconChevronDown size={16} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Text size="xs" c="dimmed" aria-live="polite">{t`${{ at: formatCount(at) }} of ${{ of: formatCount(of) }}`}</Text>
    </Group>
  )
}
