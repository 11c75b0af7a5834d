import { Box, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { ONE_HOST_COLUMNS } from './audit-columns.tsx'
import { ofKind } from './audit-kinds.ts'
import { useAudit } from './use-audit.ts'

const SHOWN = 4
/** More entries than rows are asked for, since previews and cancels are among them. */
const LIMIT = 200

/** The last few restores of one host; they change while one looks. */
export function RecentRestores({ hostId }: { readonly hostId: string }): ReactElement {
  const navigate = useNavigate()
  const audit = useAudit(hostId, LIMIT)
  const restores = ofKind(audit.value, 'restores')
  if (audit.state === 'failed') return <ErrorState description={describeError(audit.error)} onRetry={audit.again} />
  if (restores.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {audit.state === 'waiting' ? '…' : 'Nothing has been restored on this host yet.'}
      </Text>
    )
  return (
    <Box flex="none">
      <VirtualTable
        label="Recent restores of this host"
        rows={restores.slice(0, SHOWN)}
        columns={ONE_HOST_COLUMNS}
        rowKey={(entry) => entry.id}
        rowHeight={30}
        onOpen={({ runId }) => {
          if (runId !== null) void navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId, runId } })
        }}
      />
    </Box>
  )
}
