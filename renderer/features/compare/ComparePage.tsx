import { t } from '@lingui/core/macro'
import { type ReactElement, useMemo } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import { AwayBanner, awayOf, useSnapshots } from '../hosts/index.ts'
import { CompareView } from './CompareView.tsx'
import { NOW, sidesOf } from './sides.ts'

export interface ComparePageProps {
  readonly hostId: string
  readonly repositoryId: string
  /** Ids of snapshots; the later may be `now`. What is null is chosen. */
  readonly from: string | null
  readonly to: string | null
  /** What to begin at; empty for the root. */
  readonly path: string
}

/** What changed between two snapshots, or between one and its host now. */
export function ComparePage({ hostId, repositoryId, from, to, path }: ComparePageProps): ReactElement {
  const host = useHost(hostId)
  const snapshots = useSnapshots(hostId, repositoryId)
  useTrail([
    { label: t`Hosts`, path: '/' },
    {
      label: host?.name ?? hostId,
      path: `/hosts/${encodeURIComponent(hostId)}?repository=${encodeURIComponent(repositoryId)}`,
    },
    { label: t`Compare` },
  ])
  const sides = useMemo(
    () => (snapshots.rows === undefined ? null : sidesOf(snapshots.rows, { from, to })),
    [snapshots.rows, from, to],
  )
  const away = awayOf({ host, snapshotsSince: snapshots.keptSince })
  if (sides !== null && away === null) {
    const key = `${sides.before.id} ${sides.after === NOW ? NOW : sides.after.id}`
    const place = { hostId, repositoryId }
    return <CompareView key={key} place={place} sides={sides} snapshots={snapshots.rows ?? []} path={path} />
  }
  return (
    <Page title={t`Compare`}>
      <AwayBanner
        away={away}
        snapshotsSince={snapshots.keptSince}
        listingsSince={null}
        ask={{ asking: snapshots.loading, run: snapshots.refresh }}
      />
      <SectionCard>
        {snapshots.rows !== undefined ? (
          <EmptyState
            title={away === null ? t`There is nothing to compare with` : t`Nothing can be compared now`}
            action={
              <ButtonLink
                to="/hosts/$hostId"
                params={{ hostId }}
                search={{ repository: repositoryId }}
                variant="default"
              >{t`The snapshots of ${host?.name ?? hostId}`}</ButtonLink>
            }
          >
            {away === null
              ? t`It needs two snapshots, or one and the host as it is now.`
              : t`Both sides are read from the repository, which cannot be reached.`}
          </EmptyState>
        ) : snapshots.error !== null ? (
          <ErrorState description={describeError(snapshots.error)} onRetry={snapshots.refresh} />
        ) : (
          <LoadingRows label={t`Loading the snapshots`} rows={12} columns="1fr 200px 130px 90px" />
        )}
      </SectionCard>
    </Page>
  )
}
