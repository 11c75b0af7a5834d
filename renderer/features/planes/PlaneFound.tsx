import { Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { PlaneState } from '../../../contract/shapes/plane.ts'
import { FactList } from '../../components/FactList.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { describePlaneFailure, dialectWords, lacksWords } from './plane-words.ts'

/** What answers at an address. */
export function PlaneFound({ connection }: { readonly connection: PlaneState }): ReactElement | null {
  const plane = {
    id: '',
    kind: 'remote',
    name: 'It',
    url: null,
    hasToken: false,
    pin: null,
    consumerPort: null,
    connection,
  } as const
  const failure = describePlaneFailure(plane)
  if (failure !== null) return <ErrorState description={failure} />
  if (connection.state !== 'connected') return null
  return (
    <FactList
      facts={[
        { term: 'Answer', value: <StateBadge state="succeeded">it lets this console in</StateBadge> },
        { term: 'Kind', value: dialectWords(connection.dialect) },
        { term: 'Version', value: connection.version },
        { term: 'Changes', value: connection.safety.mode === null ? null : 'take a raised safety mode' },
        { term: 'Lacks', value: lacksWords(plane) === null ? null : <Text size="sm">{lacksWords(plane)}</Text> },
      ]}
    />
  )
}
