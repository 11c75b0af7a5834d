import type { ReactElement } from 'react'
import type { Run } from '../../../contract/shapes/run.ts'
import { formatCount } from '../../components/format.ts'
import classes from './Run.module.css'
import { actionState, SCORED } from './run-words.ts'

/** What became of the items of a restore, counted: all outcomes, always in the same order. */
export function BoxScore({ counts }: Pick<Run, 'counts'>): ReactElement {
  return (
    <dl className={classes['score']} aria-label="Outcomes">
      {SCORED.map((action) => (
        <div key={action} data-state={actionState(action)} data-none={counts[action] === 0 || undefined}>
          <dt>{action}</dt>
          <dd>{formatCount(counts[action])}</dd>
        </div>
      ))}
    </dl>
  )
}
