import { Progress } from '@mantine/core'
import type { ReactElement } from 'react'
import type { PlanAction, RestorePlan } from '../../../contract/shapes/restore.ts'
import { formatBytes, formatCount } from '../../components/format.ts'
import { ACTION_WORDS } from './plan-rows.ts'
import classes from './Restore.module.css'

/** Deletions first, as in the table. */
export const ACTIONS: readonly PlanAction[] = ['delete', 'update', 'create', 'skip', 'unchanged']

export const ACTION_COLORS: Readonly<Record<PlanAction, string>> = {
  delete: 'var(--state-failed)',
  update: 'var(--state-partial)',
  create: 'var(--state-succeeded)',
  skip: 'var(--state-interrupted)',
  unchanged: 'var(--mantine-color-default-border)',
}

/** A part that is there is seen, however small. */
const LEAST_PERCENT = 1.2

/** How much of each: as a bar, and in figures. */
export function PlanTotalsBar({ plan: { totals } }: { readonly plan: RestorePlan }): ReactElement {
  const all = ACTIONS.reduce((sum, action) => sum + totals[action].items, 0)
  return (
    <div>
      <Progress.Root size={10} radius="xl" mb={8} aria-hidden="true">
        {ACTIONS.filter((action) => totals[action].items > 0).map((action) => (
          <Progress.Section
            key={action}
            value={Math.max(LEAST_PERCENT, (totals[action].items / all) * 100)}
            color={ACTION_COLORS[action]}
            withAria={false}
          />
        ))}
      </Progress.Root>
      <dl className={classes['totals']}>
        {ACTIONS.map((action) => {
          const { items, bytes } = totals[action]
          const isNone = items === 0
          return (
            <div key={action} data-action={isNone ? undefined : action} data-none={isNone || undefined}>
              <span className={classes['swatch']} style={{ background: ACTION_COLORS[action] }} aria-hidden="true" />
              <dt>{ACTION_WORDS[action]}</dt>
              <dd>{formatCount(items)}</dd>
              {bytes > 0 && <dd>{formatBytes(bytes)}</dd>}
            </div>
          )
        })}
      </dl>
    </div>
  )
}
