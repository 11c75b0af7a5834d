import { t } from '@lingui/core/macro'
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type ReactElement,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react'
import { formatCount } from '../../components/format.ts'
import { useRowHeight } from '../../components/use-row-height.ts'
import { useRowWindow } from '../../components/use-row-window.ts'
import classes from './Preview.module.css'
import { SCROLLS } from './scrolls.ts'
import { type TextLines, wrapLines } from './text-lines.ts'
import { useColumns } from './use-columns.ts'
import { visibleParts } from './visible-text.ts'

export interface TextRowsViewProps {
  readonly text: string
  readonly lines: TextLines
  readonly wraps: boolean
  onKeyDown(event: KeyboardEvent): void
}

const ROW_PIXELS = 18
/** What is drawn of a line that is not wrapped; to lay out more of one would hold the window up. */
const WIDEST = 4000

/** The lines in sight of a text of any length, each with its number. The keys scroll it. */
export function TextRowsView({ text, lines, wraps, onKeyDown }: TextRowsViewProps): ReactElement {
  const digits = String(lines.starts.length).length
  const probe = useRef<HTMLSpanElement>(null)
  const fitting = useColumns(probe, digits + 3)
  const columns = wraps ? fitting : Number.POSITIVE_INFINITY
  const rows = useMemo(() => wrapLines(text, lines, columns), [text, lines, columns])
  const { scroller, ...sight } = useRowWindow({ count: rows.line.length, rowHeight: useRowHeight(ROW_PIXELS) })
  useLayoutEffect(() => SCROLLS.ref(scroller.current), [scroller])
  // React does not know of variables.
  const style = { '--digits': digits } as CSSProperties
  const positions = Array.from({ length: sight.end - sight.first }, (_, step) => sight.first + step)
  return (
    <div className={classes['text']} style={style} onKeyDown={onKeyDown} role="presentation">
      <span ref={probe} className={classes['probe']} aria-hidden="true" />
      <section
        ref={scroller}
        className={classes['rows']}
        aria-label={t`What is in the file`}
        tabIndex={SCROLLS.tabIndex}
      >
        <div
          role="presentation"
          style={{
            height: sight.barHeight,
            width: wraps ? undefined : `calc(${Math.min(rows.columns, WIDEST)}ch + (var(--digits) + 3) * 1ch)`,
          }}
        />
        {positions.map((position) => {
          const line = rows.line[position] ?? 0
          const start = rows.start[position] ?? 0
          const end = rows.end[position] ?? start
          const isFirst = position === 0 || rows.line[position - 1] !== line
          return (
            <TextRow
              key={position}
              number={isFirst ? line + 1 : null}
              text={text.slice(start, Math.min(end, start + WIDEST))}
              more={Math.max(0, end - start - WIDEST)}
              offset={sight.offsetOf(position)}
            />
          )
        })}
      </section>
    </div>
  )
}

interface TextRowProps {
  /** The line's number from 1; null where its line began in a row above. */
  readonly number: number | null
  readonly text: string
  /** Characters that are left out at the end. */
  readonly more: number
  readonly offset: number
}

const TextRow = memo(function TextRow({ number, text, more, offset }: TextRowProps): ReactElement {
  return (
    <div className={classes['row']} style={{ transform: `translateY(${offset}px)` }}>
      <span className={classes['number']} aria-hidden="true">
        {number}
      </span>
      <bdi>
        {visibleParts(text).map((part) =>
          part.escape ? (
            <span key={part.at} className={classes['escape']}>
              {part.text}
            </span>
          ) : (
            part.text
          ),
        )}
        {more > 0 && <span className={classes['escape']}>{moreWords(formatCount(more))}</span>}
      </bdi>
    </div>
  )
})

function moreWords(count: string): string {
  const words = t`${count} more characters: wrap the lines`
  return ` … ${words}`
}
