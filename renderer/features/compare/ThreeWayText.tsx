import { plural, t } from '@lingui/core/macro'
import { Button, Group, Text } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import { EmptyState } from '../../components/EmptyState.tsx'
import { formatBytes } from '../../components/format.ts'
import { SCROLLS } from '../preview/index.ts'
import classes from './Difference.module.css'
import { TEXT_LIMIT } from './file-sides.ts'
import { Line } from './TextRows.tsx'
import { diffWords, type WordPart } from './text-diff.ts'
import { isCut, splitText, type TextSide } from './text-sides.ts'
import { alignThree, foldedThree, type ThreeWayFold, type ThreeWayRow } from './three-way.ts'
import { moreWords } from './words.ts'

/** Rows in the page at first. */
const SHOWN = 2000

type Texts = readonly [TextSide, TextSide, TextSide]
type Lines = readonly [readonly string[], readonly string[], readonly string[]]

/** Three texts line by line: each line says whether it is another than in the text to its left. */
export function ThreeWayText({ texts }: { readonly texts: Texts }): ReactElement {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const [limit, setLimit] = useState(SHOWN)
  const isLarge = texts.some(({ contents }) => isCut(contents))
  const [first, middle, last] = texts
  const lines = useMemo(
    (): Lines => [splitText(first.text).lines, splitText(middle.text).lines, splitText(last.text).lines],
    [first.text, middle.text, last.text],
  )
  const rows = useMemo(() => (isLarge ? null : alignThree(...lines)), [lines, isLarge])
  const shown = useMemo(() => (rows === null ? [] : foldedThree(rows, opened)), [rows, opened])
  const largest = formatBytes(Math.max(...texts.map(({ contents }) => contents.size)))
  const limitWords = formatBytes(TEXT_LIMIT)
  if (isLarge)
    return (
      <EmptyState
        title={t`Texts of up to ${largest}`}
      >{t`Texts of up to ${limitWords} are compared here. Restore the versions to compare them with a program of yours.`}</EmptyState>
    )
  if (rows === null)
    return (
      <EmptyState
        title={t`They have next to nothing in common`}
      >{t`To find what little that is would take too long. Compare two of them, or preview each by itself.`}</EmptyState>
    )
  return (
    <>
      <Head texts={texts} summary={summaryOf(rows, lines)} />
      <section className={classes['text']} aria-label={t`The difference of all three`} {...SCROLLS}>
        {shown.slice(0, limit).map((row) => (
          <Row
            key={row.kind === 'fold' ? `fold ${row.at}` : row.lines.join()}
            row={row}
            lines={lines}
            onOpen={(at) => setOpened(new Set([...opened, at]))}
          />
        ))}
      </section>
      {shown.length > limit && (
        <Group className={classes['bar'] ?? ''}>
          <Button variant="default" size="compact-xs" onClick={() => setLimit(limit + SHOWN)}>
            {moreWords(shown.length - limit, SHOWN)}
          </Button>
        </Group>
      )}
    </>
  )
}

/** What each version changed, what is not alike beside the lines, and what the sides are called. */
function Head({ texts, summary }: { readonly texts: Texts; readonly summary: string }): ReactElement {
  return (
    <>
      <Group className={classes['bar'] ?? ''} gap="4px 12px">
        <Text size="xs" role="status">
          {summary}
        </Text>
        {notesOn(texts).map((note) => (
          <Text key={note} size="xs" c="var(--state-partial)">
            {note}
          </Text>
        ))}
      </Group>
      <div className={classes['titles']} data-sides="3">
        {texts.map(({ title, isMissing }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two sides may be of one moment.
          <Text key={at} size="xs" fw={600}>
            {isMissing ? t`${title}: no such file` : title}
          </Text>
        ))}
      </div>
    </>
  )
}

interface RowProps {
  readonly row: ThreeWayRow | ThreeWayFold
  readonly lines: Lines
  onOpen(at: number): void
}

function Row({ row, lines, onOpen }: RowProps): ReactElement {
  if (row.kind === 'fold')
    return (
      <button
        type="button"
        className={classes['fold']}
        onClick={() => onOpen(row.at)}
      >{t`⋯ ${plural(row.count, { one: '# line', other: '# lines' })} the same`}</button>
    )
  const texts = row.lines.map((line, at) => (line === null ? null : (lines[at]?.[line] ?? '')))
  return (
    <div className={classes['three']}>
      {texts.map((text, at) => {
        const before = at === 0 ? text : (texts[at - 1] ?? null)
        const next = at === 0 ? (texts[1] ?? null) : text
        const sign = at === 0 ? (next === text ? null : '-') : before === text ? null : '+'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the three are always in this order.
          <Line key={at} parts={partsOf(text, before, at)} number={(row.lines[at] ?? 0) + 1} sign={sign} />
        )
      })}
    </div>
  )
}

/** A line with the words that the text to its left does not have; the first is shown as it is. */
function partsOf(text: string | null, left: string | null, at: number): readonly WordPart[] | null {
  if (text === null) return null
  if (at === 0 || left === null || left === text) return [{ text, own: false }]
  return diffWords(left, text).after
}

function summaryOf(rows: readonly ThreeWayRow[], lines: Lines): string {
  const [first, middle, last] = lines.map((text) => text.join('\n'))
  if (first === middle && middle === last) return t`The lines of all three are the same`
  if (first === last) return t`The host now has the lines of the earlier version again`
  const changed = (one: number, other: number): number =>
    rows.filter((row) => textAt(row, lines, one) !== textAt(row, lines, other)).length
  const [later, since] = [changed(0, 1), changed(1, 2)]
  if (middle === last)
    return t`${plural(later, { one: '# line', other: '# lines' })} changed by the later version, none since then`
  if (first === middle)
    return t`Nothing changed by the later version, ${plural(since, { one: '# line', other: '# lines' })} since then`
  return t`${plural(later, { one: '# line', other: '# lines' })} changed by the later version, ${plural(since, { one: '# line', other: '# lines' })} since then`
}

/** What is not alike beside the lines. */
function notesOn(texts: Texts): string[] {
  const present = texts.filter(({ encoding }) => encoding !== 'none')
  const note = (what: string, all: readonly string[]): string[] =>
    new Set(all).size > 1 ? [`${what}: ${all.join(' → ')}`] : []
  return [
    ...note(
      t`Encodings`,
      present.map(({ encoding }) => encoding),
    ),
    ...note(
      t`Line ends`,
      present.map(({ text }) => splitText(text).ends),
    ),
  ]
}

function textAt({ lines: numbers }: ThreeWayRow, lines: Lines, side: number): string | null {
  const line = numbers[side] ?? null
  return line === null ? null : (lines[side]?.[line] ?? null)
}
