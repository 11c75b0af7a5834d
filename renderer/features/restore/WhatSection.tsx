import { Group, Loader, Select, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import { Fault } from '../../../contract/errors.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import type { Selection } from '../../../contract/shapes/restore.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { formatBytes, formatMoment, formatNumberOf } from '../../components/format.ts'
import { Section } from '../../components/SectionCard.tsx'
import type { Snapshots } from '../hosts/index.ts'
import { SelectionSummary } from './SelectionSummary.tsx'
import type { PlannedRestore } from './use-restore-plan.ts'

export interface WhatSectionProps {
  readonly host: HostView
  readonly repository: RepositoryView | null
  readonly snapshots: Snapshots
  /** The one asked for; it may not be among the snapshots. */
  readonly snapshotId: string | null
  readonly selection: Selection | null
  readonly planned: PlannedRestore
  /** Take the whole snapshot, or what is selected in it after all. */
  onWhole(taken: boolean): void
}

/** How many snapshots the list offers at once; typing narrows it. */
const OFFERED = 60

/** From which snapshot, and what of it. */
export function WhatSection(props: WhatSectionProps): ReactElement {
  const { host, repository, snapshots, snapshotId } = props
  const navigate = useNavigate()
  const choose = (search: { repository: string; snapshot?: string }): void =>
    void navigate({ to: '/hosts/$hostId/restore', params: { hostId: host.id }, search, replace: true })
  const options = useMemo(() => snapshots.rows?.map(optionOf) ?? [], [snapshots.rows])
  const found = snapshots.rows?.some(({ id }) => id === snapshotId) === true
  const missing = snapshots.rows !== undefined && snapshotId !== null && !found
  return (
    <Section title="What" number={1} aside={<Amount {...props} />}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-start">
          <Select
            label="Repository"
            w={200}
            data={host.repositories.map(({ id, name }) => ({ value: id, label: name }))}
            value={repository?.id ?? null}
            onChange={(id) => id !== null && choose({ repository: id })}
            placeholder="Choose one"
            allowDeselect={false}
          />
          <Select
            label="Snapshot"
            flex={1}
            miw={220}
            searchable
            limit={OFFERED}
            data={options}
            value={found ? snapshotId : null}
            onChange={(id) => id !== null && repository !== null && choose({ repository: repository.id, snapshot: id })}
            placeholder={snapshots.loading ? 'Reading the snapshots…' : 'Choose one; type to narrow'}
            nothingFoundMessage="No snapshot like that"
            disabled={repository === null || snapshots.rows === undefined}
            allowDeselect={false}
            rightSection={snapshots.loading && <Loader size={12} />}
          />
        </Group>
        {snapshots.rows === undefined && snapshots.error !== null && (
          <ErrorState description={describeError(snapshots.error)} onRetry={snapshots.refresh} />
        )}
        {missing && (
          <ErrorState
            description={describeError(new Fault('not_found', { what: 'snapshot', id: snapshotId.slice(0, 8) }))}
            onRetry={snapshots.refresh}
          />
        )}
        {repository !== null && found && snapshotId !== null && (
          <SelectionSummary
            place={{ hostId: host.id, repositoryId: repository.id, snapshotId }}
            selection={props.selection}
            onWhole={props.onWhole}
          />
        )}
      </Stack>
    </Section>
  )
}

function optionOf({ id, time, hostname, tags }: Snapshot): { value: string; label: string } {
  const parts = [formatMoment(new Date(time)), hostname, ...(tags.length > 0 ? [tags.join(', ')] : []), id.slice(0, 8)]
  return { value: id, label: parts.join(' · ') }
}

function Amount({ planned, selection }: WhatSectionProps): ReactElement | null {
  const { amount, planning } = planned
  if (selection === null) return null
  if (amount !== null)
    return (
      <Text span size="sm" c="var(--mantine-color-text)" fw={600}>
        {formatNumberOf(amount.files, 'file')} · {formatBytes(amount.bytes)}
      </Text>
    )
  return (
    <Text span size="sm">
      {planning ? 'counting…' : 'not counted'}
    </Text>
  )
}
