import { t } from '@lingui/core/macro'
import type { ReactElement, RefObject } from 'react'
import { useNow } from '../../../components/use-now.ts'
import { useRowHeight } from '../../../components/use-row-height.ts'
import { useRowWindow } from '../../../components/use-row-window.ts'
import { useScrollBarWidth } from '../../../components/use-scroll-bar.ts'
import type { SearchForm } from '../search-form.ts'
import type { SearchRun } from '../search-run.ts'
import { ResultLine } from './ResultLine.tsx'
import classes from './Results.module.css'
import { ResultsHeader } from './ResultsHeader.tsx'
import type { ResultRow } from './result-rows.ts'
import { type ResultsInputOptions, useResultsInput } from './use-results-input.ts'

export interface ResultsGridProps
  extends Pick<ResultsInputOptions, 'run' | 'actions' | 'onChange' | 'onEscape' | 'onLeave'> {
  readonly run: SearchRun
  readonly form: SearchForm
  /** Is given the list's element. */
  readonly list: RefObject<HTMLDivElement | null>
}

const ROW_PIXELS = 30
/** Where the active row waits while it is scrolled out of sight: were it not mounted, the focus would be lost. */
const AWAY = -9999

/** What was found, by repository and path, with the versions of what is opened; of any length. */
export function ResultsGrid({ run, form, list, ...input }: ResultsGridProps): ReactElement {
  const { rows } = run
  const canOpen = form.scope !== 'snapshot'
  const { scroller, ...sight } = useRowWindow({
    count: rows.length,
    rowHeight: useRowHeight(ROW_PIXELS),
    initialTop: rows.scrolled,
    onScroll: rows.scrollTo,
  })
  const { handlers, hovered } = useResultsInput({ run, scroller, sight, canOpen, ...input })
  const barWidth = useScrollBarWidth(scroller)
  const today = new Date(useNow()).setHours(0, 0, 0, 0)
  const active = rows.activePosition
  const isAway = active < sight.first || active >= sight.end
  const positions = Array.from({ length: sight.end - sight.first }, (_, step) => sight.first + step)
  if (isAway && active < rows.length) positions.push(active)
  return (
    <div
      ref={list}
      className={classes['grid']}
      role="treegrid"
      aria-label={t`What was found`}
      aria-rowcount={rows.length + 1}
      aria-busy={run.state === 'looking'}
      data-versions={canOpen || undefined}
      {...handlers}
    >
      <ResultsHeader barWidth={barWidth} hasVersions={canOpen} />
      <div ref={scroller} className={classes['scroller']} role="rowgroup" tabIndex={-1}>
        <div role="presentation" style={{ height: sight.barHeight }} />
        {positions.map((position) => {
          const row = rows.at(position)
          if (row === undefined) return null
          const isActive = position === active
          const offset = isAway && isActive ? AWAY : sight.offsetOf(position)
          return (
            <ResultLine
              key={keyOf(row)}
              {...{ run, form, row, canOpen, position, offset, isActive, today }}
              isHovered={position === hovered}
            />
          )
        })}
      </div>
    </div>
  )
}

function keyOf(row: ResultRow): string {
  if (row.kind === 'place') return `${row.place}`
  return row.kind === 'path' ? `${row.place} ${row.path}` : `${row.place} ${row.path} ${row.version}`
}
