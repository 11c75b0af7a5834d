import { plural, t } from '@lingui/core/macro'
import { ActionIcon, Badge, Group, Loader, rem, Tabs, Text, Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useDeferredValue, useState } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import { FileName } from '../../components/FileName.tsx'
import { FilterInput } from '../../components/FilterInput.tsx'
import { useKeys } from '../../components/keys.tsx'
import { useMasks } from '../../components/masks.ts'
import { useNow } from '../../components/use-now.ts'
import { BackUpNow, RemoveRepository, RepositoryMenu } from '../repositories/index.ts'
import { AwayBanner } from './AwayBanner.tsx'
import { awayOf } from './away.ts'
import { obstacleOn, withoutRestic } from './obstacle.ts'
import { SnapshotsTable } from './SnapshotsTable.tsx'
import { useReach } from './use-reach.ts'
import { useSnapshots } from './use-snapshots.ts'

export interface HostRepositoriesProps {
  readonly host: HostView
  /** The one that is open. */
  readonly repository: RepositoryView
}

/** A host's repositories as tabs, and the snapshots of the one that is open. */
export function HostRepositories({ host, repository }: HostRepositoriesProps): ReactElement {
  const navigate = useNavigate()
  const snapshots = useSnapshots(host.id, repository.id)
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter)
  const masks = useMasks()
  useKeys([{ keys: 'shift+R', does: 'refresh', label: t`refresh`, run: snapshots.refresh }])
  const reach = useReach(host.id)
  const away = awayOf({ host, snapshotsSince: snapshots.keptSince })
  const open = (id: string | null): void => {
    if (id !== null)
      void navigate({ to: '/hosts/$hostId', params: { hostId: host.id }, search: { repository: id }, replace: true })
  }
  return (
    <>
      <Tabs value={repository.id} onChange={open} flex="none">
        <Tabs.List>
          {host.repositories.map(({ id, name, sample }) => (
            <Tabs.Tab key={id} value={id} rightSection={sample && <Badge size="sm">{t`sample`}</Badge>}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <Group gap="sm" flex="none">
        <Text size="sm" c="dimmed" miw={rem(200)} flex={1} truncate title={masks.path(repository.url)}>
          {snapshots.rows !== undefined &&
            `${plural(snapshots.rows.length, { one: '# snapshot', other: '# snapshots' })} · `}
          <FileName name={repository.url} />
          {repository.username !== null && t` · user ${masks.host(repository.username)}`}
        </Text>
        <FilterInput label={t`Filter snapshots`} value={filter} onChange={setFilter} />
        <Refresh snapshots={snapshots} />
        <RepositoryActions host={host} repository={repository} />
      </Group>
      {snapshots.rows !== undefined && (
        <AwayBanner
          away={away}
          snapshotsSince={snapshots.keptSince}
          listingsSince={null}
          {...(host.link.state === 'unreachable' ? { ask: reach } : {})}
        />
      )}
      <SnapshotsTable
        away={away}
        host={host}
        repository={repository}
        snapshots={snapshots}
        filter={wanted}
        onClearFilter={() => setFilter('')}
      />
    </>
  )
}

function Refresh({ snapshots }: { readonly snapshots: ReturnType<typeof useSnapshots> }): ReactElement {
  return (
    <Tooltip label={t`Read the snapshots again (Shift R)`}>
      <ActionIcon variant="default" aria-label={t`Refresh`} onClick={snapshots.refresh} disabled={snapshots.loading}>
        {snapshots.loading ? <Loader size={14} /> : <IconRefresh size={16} stroke={1.75} />}
      </ActionIcon>
    </Tooltip>
  )
}

function RepositoryActions({ host, repository }: HostRepositoriesProps): ReactElement {
  const now = useNow()
  const unchangeable = obstacleOn(host, 'admin', now)
  return (
    <>
      <BackUpNow
        hostId={host.id}
        repository={repository}
        obstacle={
          repository.backup === null ? unchangeable : (obstacleOn(host, 'operator', now) ?? withoutRestic(host))
        }
      />
      <RepositoryMenu hostId={host.id} repository={repository} obstacle={unchangeable} />
      <RemoveRepository hostId={host.id} repository={repository} obstacle={unchangeable} />
    </>
  )
}
