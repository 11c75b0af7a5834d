import type { ReactElement } from 'react'

/** One run, live or over. */
export function RunPage(_: { readonly hostId: string; readonly runId: string }): ReactElement {
  return <></>
}
