import { plural, t } from '@lingui/core/macro'
import { Tooltip } from '@mantine/core'
import { type FocusEvent, type KeyboardEvent, type MouseEvent, memo, type ReactElement, useRef, useState } from 'react'
import type { PastOutcome, PastRestoreDay } from '../../../contract/shapes/past-restore.ts'
import { dayHere } from '../../components/date-range.ts'
import { formatBytes, formatCount, formatDay } from '../../components/format.ts'
import classes from './DayStrip.module.css'
import { OUTCOMES } from './past-restore-words.tsx'

export interface DayStripProps {
  /** From old to new; undefined until they were read. */
  readonly days: readonly PastRestoreDay[] | undefined
  /** The days that the list is narrowed to, as `2026-11-21`; null for none. */
  readonly chosen: { readonly from: string; readonly until: string } | null
  /** Narrow to this day; null takes that back. */
  onChoose(day: string | null): void
}

/** What is stacked, from below: what needs a look stands on top. */
const STACK: readonly PastOutcome[] = [
  'succeeded',
  'under-way',
  'cancelled',
  'refused',
  'interrupted',
  'partial',
  'failed',
]
const NEEDS_LOOK: readonly PastOutcome[] = ['failed', 'partial', 'interrupted']

/** The last days, one column each, as high as there were restores, by outcome; a column narrows the list to its day. */
export function DayStrip({ days, chosen, onChoose }: DayStripProps): ReactElement {
  const place = useRef<HTMLFieldSetElement>(null)
  const last = (days?.length ?? 1) - 1
  const [at, setAt] = useState<number | null>(null)
  const active = Math.min(at ?? last, last)
  const [pointed, setPointed] = useState<HTMLElement | null>(null)
  const most = Math.max(1, ...(days ?? []).map(({ outcomes }) => countOf(outcomes)))
  const move = (event: KeyboardEvent): void => {
    const next = nextDay(event.key, active, last)
    if (next === null) return
    event.preventDefault()
    setAt(next)
    place.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus()
  }
  // For all days at once: ninety buttons with four listeners each took longer to draw.
  const input = {
    onKeyDown: move,
    onFocus: ({ target }: FocusEvent) => {
      if (columnAt(target) !== null) setAt(indexOf(columnAt(target)))
    },
    onMouseOver: ({ target }: MouseEvent) => setPointed(columnAt(target)),
    onMouseLeave: () => setPointed(null),
    onClick: ({ target }: MouseEvent) => {
      const day = days?.[indexOf(columnAt(target))]
      if (day === undefined) return
      const text = dayHere(new Date(day.from))
      onChoose(chosen !== null && chosen.from === text && chosen.until === text ? null : text)
    },
  }
  const pointedDay = days?.[indexOf(pointed)]
  return (
    <fieldset ref={place} className={classes['strip']} aria-label={t`Restores of the last days`} {...input}>
      {(days ?? EMPTY).map((day, index) => (
        <Day
          key={day.from}
          day={day}
          index={index}
          most={most}
          isChosen={isWithin(day, chosen)}
          isActive={index === active}
        />
      ))}
      {/* One for all: ninety of their own took longer to draw than the rest of the page. */}
      {pointed !== null && pointedDay !== undefined && <Tooltip opened target={pointed} label={dayWords(pointedDay)} />}
    </fieldset>
  )
}

interface DayProps {
  readonly day: PastRestoreDay
  readonly index: number
  /** Restores of the day that had most. */
  readonly most: number
  readonly isChosen: boolean
  /** It is the one that the keyboard comes to. */
  readonly isActive: boolean
}

/** Drawn again only for other figures: there are ninety, and each is said in words. */
const Day = memo(function Day({ day, index, most, isChosen, isActive }: DayProps): ReactElement {
  return (
    <button
      type="button"
      className={classes['day']}
      data-day={index}
      data-look={NEEDS_LOOK.some((outcome) => day.outcomes[outcome] > 0) || undefined}
      aria-pressed={isChosen}
      aria-label={dayWords(day)}
      tabIndex={isActive ? 0 : -1}
    >
      <Column day={day} most={most} />
    </button>
  )
})

function columnAt(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-day]') : null
}

/** NaN for none. */
function indexOf(column: HTMLElement | null): number {
  return Number(column?.dataset['day'])
}

function isWithin({ from }: PastRestoreDay, chosen: DayStripProps['chosen']): boolean {
  const text = dayHere(new Date(from))
  return chosen !== null && (chosen.from === '' || text >= chosen.from) && (chosen.until === '' || text <= chosen.until)
}

function Column({ day: { outcomes }, most }: { readonly day: PastRestoreDay; readonly most: number }): ReactElement {
  return (
    <span className={classes['column']} style={{ height: `${heightOf(countOf(outcomes), most)}%` }} aria-hidden="true">
      {STACK.filter((outcome) => outcomes[outcome] > 0).map((outcome) => (
        <span key={outcome} data-state={OUTCOMES[outcome].state} style={{ flexGrow: outcomes[outcome] }} />
      ))}
    </span>
  )
}

/** By the root, so that a day with one restore is seen beside one with hundreds. */
function heightOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(9, Math.sqrt(count / most) * 100)
}

/** Stands while the days are read: nothing moves when they come. */
const EMPTY: readonly PastRestoreDay[] = []

function countOf(outcomes: PastRestoreDay['outcomes']): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0)
}

/** `21 Nov 2026: 4 restores, 1 failed, 3 succeeded, 12.4 GiB`. */
export function dayWords({ from, outcomes, bytes }: PastRestoreDay): string {
  const count = countOf(outcomes)
  const day = formatDay(new Date(from))
  if (count === 0) return t`${day}: no restore`
  const parts = STACK.toReversed().flatMap((outcome) =>
    outcomes[outcome] > 0 ? [`${formatCount(outcomes[outcome])} ${OUTCOMES[outcome].word}`] : [],
  )
  return `${day}: ${[plural(count, { one: '# restore', other: '# restores' }), ...parts, ...(bytes > 0 ? [formatBytes(bytes)] : [])].join(', ')}`
}

function nextDay(key: string, active: number, last: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, active - 1)
    case 'ArrowRight':
      return Math.min(last, active + 1)
    case 'PageUp':
      return Math.max(0, active - 7)
    case 'PageDown':
      return Math.min(last, active + 7)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}
