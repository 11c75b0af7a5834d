import type { ReactElement } from 'react'
import { useMasks } from './masks.ts'

/** Who did something, as `user@machine`: the machine's name is masked while names are. */
export function ActorName({ actor }: { readonly actor: string }): ReactElement {
  return <>{useMasks().actor(actor)}</>
}
