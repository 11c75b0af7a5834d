import type { ReactElement } from 'react'

/** Every run that the console knows of. */
export function RunsPage(): ReactElement {
  return <></>
}
