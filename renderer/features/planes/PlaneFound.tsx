import { t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { PlaneState } from '../../../contract/shapes/plane.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FactList } from '../../components/FactList.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { describePlaneFailure, dialectWords, lacksWords } from './plane-words.ts'

/** What answers at an address. */
export function PlaneFound({ connection }: { readonly connection: PlaneState }): ReactElement | null {
  const failure = describePlaneFailure({ connection, hasToken: false, name: null })
  if (failure !== null) return <ErrorState description={failure} />
  if (connection.state !== 'connected') return null
  const lacks = lacksWords({ connection })
  return (
    <FactList
      facts={[
        { term: t`Answer`, value: <StateBadge state="succeeded">{t`it lets this console in`}</StateBadge> },
        { term: t`Kind`, value: dialectWords(connection.dialect) },
        { term: t`Version`, value: connection.version },
        { term: t`Changes`, value: connection.safety.mode === null ? null : t`take a raised safety mode` },
        { term: t`Lacks`, value: lacks === null ? null : <Text size="sm">{lacks}</Text> },
      ]}
    />
  )
}
