import type { ReactElement } from 'react'
import { useMasks } from './masks.ts'

/** What a machine is called: as it is, or masked while names are. */
export function HostName({ name }: { readonly name: string }): ReactElement {
  return <>{useMasks().host(name)}</>
}
