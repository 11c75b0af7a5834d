import { t } from '@lingui/core/macro'
import { Drawer, SegmentedControl, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { EnrolThroughSsh } from './EnrolThroughSsh.tsx'
import { EnrolWithLine } from './EnrolWithLine.tsx'

export interface EnrolHostDrawerProps {
  readonly opened: boolean
  onClose(): void
}

type Way = 'line' | 'ssh'

/** Add a host without leaving the page: with the line that its agent printed, or through ssh. Then its page opens. */
export function EnrolHostDrawer({ opened, onClose }: EnrolHostDrawerProps): ReactElement {
  const navigate = useNavigate()
  const [way, setWay] = useState<Way>('line')
  const done = ({ id }: HostView): void => {
    onClose()
    void navigate({ to: '/hosts/$hostId', params: { hostId: id } })
  }
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={<Text fw={650}>{t`Enrol a host`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack gap="md">
        <SegmentedControl
          aria-label={t`How the host is reached`}
          value={way}
          onChange={(value) => setWay(value === 'ssh' ? 'ssh' : 'line')}
          data={[
            { value: 'line', label: t`With a line of its agent` },
            { value: 'ssh', label: t`Through ssh` },
          ]}
        />
        {way === 'line' ? <EnrolWithLine onDone={done} /> : <EnrolThroughSsh onDone={done} />}
      </Stack>
    </Drawer>
  )
}
