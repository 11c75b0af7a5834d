import { t } from '@lingui/core/macro'
import { IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { Connection } from '../client/connection.ts'
import { formatMoment } from '../components/format.ts'
import classes from './Frame.module.css'

/** Says that what is on the screen may be old, for as long as the console cannot be reached. */
export function ConnectionBanner({ connection }: { readonly connection: Connection }): ReactElement {
  return (
    <div role="status">
      {connection.state === 'lost' && (
        <div className={classes['banner']}>
          <IconPlugConnectedX size={16} aria-hidden="true" />
          {lostWords(formatMoment(connection.since))}
        </div>
      )}
    </div>
  )
}

function lostWords(since: string): string {
  return t`The console cannot be reached since ${since}. What you see is as it was then; this window keeps trying.`
}
