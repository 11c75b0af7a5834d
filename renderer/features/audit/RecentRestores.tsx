import { plural, t } from '@lingui/core/macro'
import { Anchor, Box, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { ONE_HOST_COLUMNS } from './past-restore-columns.tsx'
import { RestoreDrawer } from './RestoreDrawer.tsx'
import { filterOf, NO_FILTERS, writeFilters } from './restore-filters.ts'
import type { RestoreRow } from './restore-rows.ts'
import { usePastRestores, useRestoreNews } from './use-past-restores.ts'
import { useRestoreDrawer } from './use-restore-drawer.ts'

const SHOWN = 4
/** They are of any time, whenever that is. */
const ANY_DAY = new Date(0)
const rowKey = ({ at, restore }: RestoreRow): string => restore?.id ?? `at ${at}`

/** The last few restores of one host, whoever asked for them; they change while one looks. */
export function RecentRestores({ hostId }: { readonly hostId: string }): ReactElement {
  const filters = useMemo(() => ({ ...NO_FILTERS, hosts: [hostId] }), [hostId])
  const filter = useMemo(() => filterOf(filters, ANY_DAY), [filters])
  const { rows, error, onSight, refetch } = usePastRestores(filter, useRestoreNews())
  const drawer = useRestoreDrawer(rows, onSight)
  const name = useHost(hostId)?.name ?? hostId
  const shown = useMemo(
    () =>
      Array.from({ length: Math.min(SHOWN, rows?.length ?? 0) }, (_, at) => rows?.at(at)).filter(
        (row) => row !== undefined,
      ),
    [rows],
  )
  if (rows === undefined && error !== null) return <ErrorState description={describeError(error)} onRetry={refetch} />
  if (rows === undefined || rows.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {rows === undefined ? '…' : t`Nothing has been restored on this host yet.`}
      </Text>
    )
  return (
    <Box flex="none">
      <VirtualTable
        label={t`Recent restores of this host`}
        rows={shown}
        columns={ONE_HOST_COLUMNS}
        rowKey={rowKey}
        rowHeight={30}
        onOpen={drawer.open}
      />
      {rows.length > SHOWN && (
        <Anchor
          size="sm"
          mt={4}
          display="inline-block"
          renderRoot={(props) => <Link {...props} to="/audit" search={writeFilters(filters)} />}
        >
          {t`All ${plural(rows.length, { one: '# restore', other: '# restores' })} on this host`}
        </Anchor>
      )}
      <RestoreDrawer {...drawer.shown} hostName={name} />
    </Box>
  )
}
