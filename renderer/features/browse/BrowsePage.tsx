import type { ReactElement } from 'react'

/** The tree of one snapshot. */
export function BrowsePage(_: {
  readonly hostId: string
  readonly repositoryId: string
  readonly snapshotId: string
}): ReactElement {
  return <></>
}
