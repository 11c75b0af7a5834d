import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import type { Run } from '../../../contract/shapes/run.ts'
import classes from './Run.module.css'
import { stepsOf } from './run-steps.ts'

/** The steps of a restore in a line: what is done, what it is at, what is ahead. */
export function RunSteps({ run }: { readonly run: Run }): ReactElement | null {
  const steps = stepsOf(run)
  if (steps.length === 0) return null
  return (
    <ol className={classes['steps']} aria-label={t`Steps`}>
      {steps.map(({ phase, title, place }) => (
        <li key={phase} data-place={place} aria-current={place === 'now' ? 'step' : undefined}>
          {place === 'done' && <span aria-hidden="true">✓</span>}
          {title}
        </li>
      ))}
    </ol>
  )
}
