import { Trans } from '@lingui/react/macro'
import type { ReactElement } from 'react'
import { ActorName } from '../../components/ActorName.tsx'

interface WhoProps {
  readonly actor: string
  /** By which way it came; null where that is not known. */
  readonly origin: string | null
}

/** Who did something, and by which way. */
export function Who({ actor, origin }: WhoProps): ReactElement {
  if (origin === null) return <ActorName actor={actor} />
  return (
    <Trans>
      <ActorName actor={actor} />, by way of {origin}
    </Trans>
  )
}
