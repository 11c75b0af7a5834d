import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { HostName } from '../../components/HostName.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { VersionList } from './VersionList.tsx'
import classes from './Versions.module.css'
import type { VersionsDrawerProps } from './VersionsDrawer.tsx'
import { versionRows } from './version-rows.ts'

/** The versions of a path. They are read anew each time they are looked at: there may be newer snapshots. */
export function VersionsOf({ place, path, ...actions }: Omit<VersionsDrawerProps, 'opened'>): ReactElement {
  const client = useClient()
  const { hostId, repositoryId, snapshotId } = place
  const versions = useQuery({
    queryKey: ['versions', hostId, repositoryId, snapshotId, path],
    queryFn: ({ signal }) => client.versions.list({ ...place, path }, { signal }),
    gcTime: 0,
  })
  const { data } = versions
  const rows = useMemo(() => (data === undefined ? [] : versionRows(data, snapshotId)), [data, snapshotId])
  if (data === undefined)
    return versions.error === null ? (
      <LoadingRows label={t`Looking for versions`} rows={6} columns="1fr 72px" />
    ) : (
      <ErrorState description={describeError(versions.error)} onRetry={() => void versions.refetch()} />
    )
  if (rows.length === 0)
    return (
      <EmptyState
        title={t`No snapshot has this path`}
      >{t`The snapshots of this machine that were made of these folders do not have it.`}</EmptyState>
    )
  const snapshots = data.series.id.length
  const distinct = rows.filter(({ node }) => node !== null).length
  return (
    <>
      <p className={classes['summary']}>
        <Trans>
          <Plural value={distinct} one="# version" other="# versions" /> in{' '}
          <Plural value={snapshots} one="# snapshot" other="# snapshots" /> of{' '}
          <HostName name={data.series.hostname[0] ?? ''} />
        </Trans>
      </p>
      <VersionList rows={rows} path={path} {...actions} />
    </>
  )
}
