import type { ReactElement } from 'react'

/** The fleet. */
export function HostsPage(): ReactElement {
  return <></>
}
