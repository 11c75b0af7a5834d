import type { ReactElement } from 'react'
import { useMasks } from './masks.ts'

/** Who did something, as `user@machine`: the machine's name is masked while names are. */
export function ActorName({ actor }: { readonly actor: string }): ReactElement {
  const shown = useMasks().actor(actor)
  // Columns are narrow, and the machine stands at the end.
  return <span title={shown}>{shown}</span>
}
