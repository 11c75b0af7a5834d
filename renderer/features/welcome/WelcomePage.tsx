import type { ReactElement } from 'react'

/** The first day: three ways in. */
export function WelcomePage(): ReactElement {
  return <></>
}
