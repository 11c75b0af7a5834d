import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { Fault } from '../../../contract/errors.ts'
import { describeError } from '../../client/describe-fault.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { formatMoment } from '../../components/format.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import type { SnapshotKey } from '../basket/index.ts'
import { AwayBanner, awayOf, useSnapshots } from '../hosts/index.ts'
import { useServed } from '../trees/index.ts'
import { SnapshotBrowser } from './SnapshotBrowser.tsx'

/** The tree of one snapshot. */
export function BrowsePage({ hostId, repositoryId, snapshotId }: SnapshotKey): ReactElement {
  const host = useHost(hostId)
  const snapshots = useSnapshots(hostId, repositoryId)
  const snapshot = snapshots.rows?.find(({ id }) => id === snapshotId)
  const title = snapshot === undefined ? snapshotId.slice(0, 8) : formatMoment(new Date(snapshot.time))
  useTrail([
    { label: t`Hosts`, path: '/' },
    {
      label: host?.name ?? hostId,
      path: `/hosts/${encodeURIComponent(hostId)}?repository=${encodeURIComponent(repositoryId)}`,
    },
    { label: title },
  ])
  const served = useServed({ hostId, repositoryId })
  const away = awayOf({ host, snapshotsSince: snapshots.keptSince })
  const banner = (
    <AwayBanner
      away={away}
      snapshotsSince={snapshots.keptSince}
      listingsSince={served?.keptSince ?? null}
      ask={{ asking: snapshots.loading, run: snapshots.refresh }}
    />
  )
  if (snapshot !== undefined)
    return (
      <SnapshotBrowser
        key={snapshotId}
        place={{ hostId, repositoryId, snapshotId }}
        snapshot={snapshot}
        away={away}
        banner={banner}
        onUnreachable={snapshots.refresh}
      />
    )
  const error =
    snapshots.rows === undefined ? snapshots.error : new Fault('not_found', { what: 'snapshot', id: snapshotId })
  return (
    <Page title={title}>
      <SectionCard>
        {error === null ? (
          <LoadingRows label={t`Loading the snapshot`} rows={14} columns="1fr 84px 108px 88px" />
        ) : (
          <ErrorState
            description={describeError(error)}
            onRetry={snapshots.refresh}
            action={
              <Button
                variant="default"
                component={Link}
                to={`/hosts/${encodeURIComponent(hostId)}`}
              >{t`Go to the host`}</Button>
            }
          />
        )}
      </SectionCard>
    </Page>
  )
}
