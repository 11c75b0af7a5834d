import { plural, t } from '@lingui/core/macro'
import { Button, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { describeFault } from '../../client/describe-fault.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { placeName } from './place-names.ts'
import classes from './Search.module.css'
import type { FailedPlace } from './search-summary.ts'

/** So many are named at once; a network that is down takes all of them away. */
const SHOWN = 3

/** The repositories that could not be looked through, and why. */
export function FailedPlaces({ failed }: { readonly failed: readonly FailedPlace[] }): ReactElement | null {
  const hosts = useHosts().value
  const [isWhole, setWhole] = useState(false)
  if (failed.length === 0) return null
  const count = failed.length
  const rest = count - SHOWN
  return (
    <div className={classes['failed']}>
      <Text
        fw={500}
      >{t`${plural(count, { one: '# repository', other: '# repositories' })} could not be searched`}</Text>
      <ul>
        {failed.slice(0, isWhole ? undefined : SHOWN).map(({ hostId, repositoryId, fault }) => {
          const { title, explanation, nextStep } = describeFault(fault)
          return (
            <li key={JSON.stringify([hostId, repositoryId])} title={nextStep}>
              <b>{placeName(hosts, { hostId, repositoryId })}</b>
              <span>
                {title}
                {explanation !== '' && `: ${explanation}`}
              </span>
            </li>
          )
        })}
      </ul>
      {rest > 0 && (
        <Button variant="subtle" size="compact-xs" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t`Show fewer` : t`Show ${plural(rest, { one: '# other', other: '# others' })}`}
        </Button>
      )}
    </div>
  )
}
