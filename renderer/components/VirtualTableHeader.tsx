import { t } from '@lingui/core/macro'
import { VisuallyHidden } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Column, Sort } from './table-columns.ts'
import classes from './VirtualTable.module.css'

interface TableHeaderProps<R> {
  readonly columns: readonly Column<R>[]
  readonly template: string
  readonly sort: Sort | null
  onSort(sort: Sort): void
}

/** The header row; a column that can be compared is a button that sorts by it, and the other way round when pressed again. */
export function TableHeader<R>({ columns, template, sort, onSort }: TableHeaderProps<R>): ReactElement {
  return (
    <div className={classes['header']} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
      {columns.map(({ id, title, align, compare }) => {
        const direction = sort?.column === id ? sort.direction : undefined
        const next = direction === 'ascending' ? 'descending' : 'ascending'
        return (
          <div key={id} role="columnheader" data-align={align} aria-sort={direction}>
            {compare === undefined ? (
              <Title text={title} />
            ) : (
              <button type="button" onClick={() => onSort({ column: id, direction: next })}>
                {title}
                <span aria-hidden="true">{direction === undefined ? '' : direction === 'ascending' ? ' ↑' : ' ↓'}</span>
              </button>
            )}
          </div>
        )
      })}
    </div>
  )
}

function Title({ text }: { readonly text: string }): ReactElement {
  return text === '' ? <VisuallyHidden>{t`Actions`}</VisuallyHidden> : <>{text}</>
}
