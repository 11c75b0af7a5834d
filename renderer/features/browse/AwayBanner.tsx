import { ActionIcon, Loader, Text, Tooltip } from '@mantine/core'
import { IconCloudOff, IconRefresh } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { useNow } from '../../components/use-now.ts'
import { type Away, type KeptAges, keptWords } from './away.ts'
import classes from './Browse.module.css'

export interface AwayBannerProps extends KeptAges {
  /** Null while the repository can be asked. */
  readonly away: Away | null
  readonly asking: boolean
  /** Ask the repository again. */
  onAsk(): void
}

/** Says that what is on the screen was kept, how old it is, and what is missing, for as long as nobody can be asked. */
export function AwayBanner({ away, asking, onAsk, ...ages }: AwayBannerProps): ReactElement {
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
          <Tooltip label="Ask again">
            <ActionIcon aria-label="Ask again" onClick={onAsk} disabled={asking}>
              {asking ? <Loader size={14} /> : <IconRefresh size={16} stroke={1.75} />}
            </ActionIcon>
          </Tooltip>
        </div>
      )}
    </div>
  )
}
