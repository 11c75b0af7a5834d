import { plural, t } from '@lingui/core/macro'
import { VisuallyHidden } from '@mantine/core'
import { memo, type ReactElement } from 'react'
import { SCROLLS, visibleParts } from '../preview/index.ts'
import classes from './Difference.module.css'
import { type DiffRow, diffWords, type WordPart } from './text-diff.ts'

export interface TextRowsProps {
  readonly rows: readonly DiffRow[]
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly view: 'side by side' | 'unified'
  /** Open the fold that begins at this line. */
  onOpen(line: number): void
}

/** The rows of a difference, to be scrolled by the keyboard. Text is only ever shown: nothing in it is taken for markup. */
export const TextRows = memo(function TextRows(props: TextRowsProps): ReactElement {
  const { rows, before, after, view, onOpen } = props
  return (
    <section className={classes['text']} data-view={view} aria-label={t`The difference`} {...SCROLLS}>
      {rows.map((row) => {
        const words =
          row.kind === 'changed'
            ? diffWords(before[row.before] ?? '', after[row.after] ?? '')
            : { before: null, after: null }
        const left = 'before' in row && row.kind !== 'fold' ? plain(words.before, before[row.before]) : null
        const right = 'after' in row && row.kind !== 'fold' ? plain(words.after, after[row.after]) : null
        const key = `${'before' in row ? row.before : ''}:${'after' in row ? row.after : ''}`
        if (row.kind === 'fold')
          return (
            <button
              key={key}
              type="button"
              className={classes['fold']}
              onClick={() => onOpen(row.before)}
            >{t`⋯ ${plural(row.count, { one: '# line', other: '# lines' })} the same`}</button>
          )
        const [leftNumber, rightNumber] = [
          'before' in row ? row.before + 1 : null,
          'after' in row ? row.after + 1 : null,
        ]
        if (view === 'side by side')
          return (
            <div key={key} className={classes['pair']}>
              <Line parts={left} number={leftNumber} sign={row.kind === 'same' ? null : '-'} />
              <Line parts={right} number={rightNumber} sign={row.kind === 'same' ? null : '+'} />
            </div>
          )
        if (row.kind === 'same') return <Line key={key} parts={right} number={rightNumber} sign={null} />
        return (
          <div key={key}>
            {left !== null && <Line parts={left} number={leftNumber} sign="-" />}
            {right !== null && <Line parts={right} number={rightNumber} sign="+" />}
          </div>
        )
      })}
    </section>
  )
})

function plain(words: readonly WordPart[] | null, line: string | undefined): readonly WordPart[] {
  return words ?? [{ text: line ?? '', own: false }]
}

interface LineProps {
  /** Null where this side has no such line. */
  readonly parts: readonly WordPart[] | null
  readonly number: number | null
  readonly sign: '-' | '+' | null
}

/** A line of one side, and whether it is another there. */
export function Line({ parts, number, sign }: LineProps): ReactElement {
  if (parts === null) return <div className={classes['line']} data-empty />
  const kind = sign === null ? undefined : sign === '-' ? 'removed' : 'added'
  return (
    <div className={classes['line']} data-kind={kind}>
      <span className={classes['number']} aria-hidden="true">
        {number}
      </span>
      <span className={classes['sign']} aria-hidden="true">
        {sign === '-' ? '−' : sign}
      </span>
      {kind !== undefined && <VisuallyHidden>{kind}: </VisuallyHidden>}
      <bdi>
        {parts.map(({ text, own }, at) =>
          own ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have nothing else that is theirs.
            <mark key={at} className={classes['own']}>
              <Visible text={text} />
            </mark>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            <Visible key={at} text={text} />
          ),
        )}
      </bdi>
    </div>
  )
}

/** What cannot be seen as it is stands as a sign for itself. */
function Visible({ text }: { readonly text: string }): ReactElement {
  return (
    <>
      {visibleParts(text).map((part) =>
        part.escape ? (
          <span key={part.at} className={classes['escape']}>
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </>
  )
}
