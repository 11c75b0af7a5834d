import { plural, t } from '@lingui/core/macro'
import { Anchor, Box, Text } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { ALL_RUNS } from '../../../../contract/shapes/run-page.ts'
import { describeError } from '../../../client/describe-fault.ts'
import { ErrorState } from '../../../components/ErrorState.tsx'
import { LoadingRows } from '../../../components/LoadingRows.tsx'
import { VirtualTable } from '../../../components/VirtualTable.tsx'
import { runColumns } from './run-columns.tsx'
import { PAGE_RUNS, type RunRow, type RunRows } from './run-rows.ts'
import { useRuns } from './use-runs.ts'

const SHOWN = 4
const COLUMNS = runColumns(null)

/** The last few runs of one host as they go on, and the way to all of them. */
export function HostRuns({ hostId }: { readonly hostId: string }): ReactElement {
  const navigate = useNavigate()
  const { rows, error, refetch } = useRuns({ ...ALL_RUNS, hostId })
  if (rows === undefined)
    return error === null ? (
      <LoadingRows label={t`Loading runs`} rows={SHOWN} columns={COLUMNS} />
    ) : (
      <ErrorState description={describeError(error)} onRetry={refetch} />
    )
  if (rows.length === 0) return <Text size="sm" c="dimmed">{t`Nothing has run on this host yet.`}</Text>
  return (
    <Box flex="none">
      <VirtualTable
        label={t`Newest runs of this host`}
        rows={newest(rows)}
        columns={COLUMNS}
        rowKey={({ run, at }) => run?.id ?? String(at)}
        rowHeight={30}
        onOpen={({ run }) => {
          if (run !== null) void navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId, runId: run.id } })
        }}
      />
      {rows.length > SHOWN && (
        <Anchor
          size="sm"
          mt={6}
          display="inline-block"
          renderRoot={(props) => <Link {...props} to="/runs" search={{ host: hostId }} />}
        >{t`All ${plural(rows.length, { one: '# run', other: '# runs' })} of this host`}</Anchor>
      )}
    </Box>
  )
}

function newest(rows: RunRows): RunRow[] {
  const count = Math.min(SHOWN, PAGE_RUNS, rows.length)
  return Array.from({ length: count }, (_, at) => rows.at(at)).filter((row) => row !== undefined)
}
