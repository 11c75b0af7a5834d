import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import { ActorName } from '../../components/ActorName.tsx'

interface WhoProps {
  readonly actor: string
  /** By which way it came; null where that is not known. */
  readonly origin: string | null
}

/** Who did something, and by which way. */
export function Who({ actor, origin }: WhoProps): ReactElement {
  return (
    <>
      <ActorName actor={actor} />
      {origin !== null && t`, by way of ${origin}`}
    </>
  )
}
