import type { ReactElement } from 'react'

/** One host: its repositories, their snapshots, its recent restores. */
export function HostPage(_: { readonly hostId: string; readonly repositoryId: string | null }): ReactElement {
  return <></>
}
