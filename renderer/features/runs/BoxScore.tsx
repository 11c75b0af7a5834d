import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import type { CountedPart } from '../../components/CountsBar.tsx'
import { formatCount } from '../../components/format.ts'
import classes from './Run.module.css'

/** What became of what a run was to do, counted: all outcomes, always in the same order. */
export function BoxScore({ parts }: { readonly parts: readonly CountedPart[] }): ReactElement | null {
  if (parts.length === 0) return null
  return (
    <dl className={classes['score']} aria-label={t`Outcomes`}>
      {parts.map(({ word, count, state }) => (
        <div key={word} data-state={state} data-none={count === 0 || undefined}>
          <dt>{word}</dt>
          <dd>{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  )
}
