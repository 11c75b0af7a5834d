import type { ReactElement } from 'react'

/** Who restored what, where, with what result. */
export function AuditPage(): ReactElement {
  return <></>
}
