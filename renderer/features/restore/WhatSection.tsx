import { plural, t } from '@lingui/core/macro'
import { Group, SegmentedControl, Select, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { Fault } from '../../../contract/errors.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Section } from '../../components/SectionCard.tsx'
import type { Basket, BasketSource, Clash } from '../basket/index.ts'
import type { Snapshots } from '../hosts/index.ts'
import { ClashNotice } from './ClashNotice.tsx'
import { NothingChosen } from './NothingChosen.tsx'
import { SnapshotField } from './SnapshotField.tsx'
import { Sources } from './Sources.tsx'

export interface WhatSectionProps {
  readonly host: HostView
  readonly repository: RepositoryView | null
  readonly snapshots: Snapshots
  /** The one asked for, which may not be among the snapshots; null for the basket. */
  readonly snapshotId: string | null
  readonly basket: Basket
  /** What of the basket this restore is about. */
  readonly sources: readonly BasketSource[]
  readonly clashes: readonly Clash[]
}

/** From which snapshots, and what of them. */
export function WhatSection(props: WhatSectionProps): ReactElement {
  const { host, repository, snapshots, snapshotId, basket, sources, clashes } = props
  const navigate = useNavigate()
  const choose = (search: { repository: string; snapshot?: string }): void =>
    void navigate({ to: '/hosts/$hostId/restore', params: { hostId: host.id }, search, replace: true })
  const snapshotOf = (id: string): Snapshot | undefined => snapshots.rows?.find((snapshot) => snapshot.id === id)
  const snapshot = snapshotId === null ? undefined : snapshotOf(snapshotId)
  const isBasket = snapshotId === null && basket.count > 0
  return (
    <Section title={t`What`} number={1} aside={repository !== null && <Whence {...props} onChoose={choose} />}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-start">
          <Select
            label={t`Repository`}
            w={200}
            data={host.repositories.map(({ id, name }) => ({ value: id, label: name }))}
            value={repository?.id ?? null}
            onChange={(id) => id !== null && choose({ repository: id })}
            placeholder={t`Choose one`}
            allowDeselect={false}
          />
          {!isBasket && (
            <SnapshotField
              snapshots={snapshots}
              disabled={repository === null}
              snapshotId={snapshot?.id ?? null}
              hostname={snapshot?.hostname ?? host.agent?.hostname ?? null}
              onChoose={(id) => repository !== null && choose({ repository: repository.id, snapshot: id })}
            />
          )}
        </Group>
        <SnapshotProblem snapshots={snapshots} snapshotId={snapshotId} />
        {clashes.length > 0 && <ClashNotice clashes={clashes} basket={basket} snapshotOf={snapshotOf} />}
        {repository !== null && sources.length > 0 && (
          <Sources
            hostId={host.id}
            hostname={host.agent?.hostname ?? null}
            repositoryId={repository.id}
            {...{ sources, clashes, basket, snapshotOf }}
          />
        )}
        {repository !== null && snapshot !== undefined && sources.length === 0 && (
          <NothingChosen
            place={{ hostId: host.id, repositoryId: repository.id, snapshotId: snapshot.id }}
            snapshot={snapshot}
            basket={basket}
            snapshotOf={snapshotOf}
          />
        )}
      </Stack>
    </Section>
  )
}

/** Why the snapshots, or the one that was asked for, are not there. */
function SnapshotProblem({
  snapshots: { rows, error, refresh },
  snapshotId,
}: Pick<WhatSectionProps, 'snapshots' | 'snapshotId'>): ReactElement | null {
  if (rows === undefined)
    return error === null ? null : <ErrorState description={describeError(error)} onRetry={refresh} />
  if (snapshotId === null || rows.some(({ id }) => id === snapshotId)) return null
  const missing = new Fault('not_found', { what: 'snapshot', id: snapshotId.slice(0, 8) })
  return <ErrorState description={describeError(missing)} onRetry={refresh} />
}

/** Paths that are named, as they are listed: the trees count a folder with all but one of its files otherwise. */
function pathsOf({ sources }: Basket): number {
  return sources.reduce((sum, { selection }) => sum + selection.include.length, 0)
}

/** One snapshot, or the basket with what was picked in several; asked only where that makes a difference. */
function Whence({
  repository,
  snapshotId,
  basket,
  onChoose,
}: WhatSectionProps & { onChoose(search: { repository: string; snapshot?: string }): void }): ReactElement | null {
  const elsewhere = basket.sources.filter((source) => source.snapshotId !== snapshotId)
  if (repository === null || elsewhere.length === 0 || (snapshotId === null && elsewhere.length === 1)) return null
  const first = elsewhere[0]?.snapshotId
  return (
    <SegmentedControl
      size="xs"
      aria-label={t`From where`}
      value={snapshotId === null ? 'basket' : 'snapshot'}
      onChange={(value) => {
        const snapshot = value === 'snapshot' && first !== undefined ? { snapshot: first } : {}
        onChoose({ repository: repository.id, ...snapshot })
      }}
      data={[
        { value: 'snapshot', label: t`One snapshot` },
        { value: 'basket', label: t`The basket · ${plural(pathsOf(basket), { one: '# item', other: '# items' })}` },
      ]}
    />
  )
}
