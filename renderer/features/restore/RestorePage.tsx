import type { ReactElement } from 'react'

/** The restore wizard. */
export function RestorePage(_: {
  readonly hostId: string
  readonly repositoryId: string | null
  readonly snapshotId: string | null
}): ReactElement {
  return <></>
}
