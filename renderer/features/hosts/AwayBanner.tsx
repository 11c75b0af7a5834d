import { t } from '@lingui/core/macro'
import { ActionIcon, Loader, Text, Tooltip } from '@mantine/core'
import { IconCloudOff, IconRefresh } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { useNow } from '../../components/use-now.ts'
import classes from './Away.module.css'
import { type Away, type KeptAges, keptWords } from './away.ts'

export interface AwayBannerProps extends KeptAges {
  /** Null while the repository can be asked. */
  readonly away: Away | null
  /** Ask the repository again; absent where the screen has another button for it. */
  readonly ask?: { readonly asking: boolean; run(): void }
}

/** Says that what is on the screen was kept, how old it is, and what is missing, for as long as nobody can be asked. */
export function AwayBanner({ away, ask, ...ages }: AwayBannerProps): ReactElement {
  const now = useNow()
  return (
    <div role="status" className={classes['status']}>
      {away !== null && (
        <div className={classes['away']}>
          <IconCloudOff size={17} stroke={1.6} aria-hidden="true" />
          <div>
            <Text fw={600}>
              {away.what}
              {away.reason !== '' && (
                <Text span c="dimmed" fw={400}>
                  {' '}
                  · {away.reason}
                </Text>
              )}
            </Text>
            <Text>{keptWords(ages, now)}</Text>
          </div>
          {ask !== undefined && (
            <Tooltip label={t`Ask again`}>
              <ActionIcon aria-label={t`Ask again`} onClick={ask.run} disabled={ask.asking}>
                {ask.asking ? <Loader size={14} /> : <IconRefresh size={16} stroke={1.75} />}
              </ActionIcon>
            </Tooltip>
          )}
        </div>
      )}
    </div>
  )
}
