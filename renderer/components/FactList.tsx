import type { ReactElement, ReactNode } from 'react'
import classes from './FactList.module.css'

export interface Fact {
  readonly term: string
  readonly value: ReactNode
}

/** Names and values in two columns; a fact without a value (null or undefined) is left out. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }): ReactElement {
  return (
    <dl className={classes['facts']}>
      {facts
        .filter(({ value }) => value !== null && value !== undefined)
        .map(({ term, value }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
