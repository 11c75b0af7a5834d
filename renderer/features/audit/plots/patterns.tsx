import type { ReactElement } from 'react'
import type { PastOutcome } from '../../../../contract/shapes/past-restore.ts'
import { PLOTTED } from './plot-data.ts'

const TILE = 6

/** What is drawn on a tile over its ground; null where the ground is full. Lines are in tiles of `TILE`. */
const MARKS: Readonly<Record<PastOutcome, string | null>> = {
  succeeded: null,
  'under-way': 'M0 3H6',
  cancelled: 'M3 2V4',
  refused: 'M3 0V6',
  interrupted: 'M0 0L6 6',
  partial: 'M0 6L6 0',
  failed: 'M0 0L6 6M0 6L6 0',
}

/** What an outcome is filled with: its colour, and a pattern that tells it apart where colours do not. */
export function fillOf(outcome: PastOutcome): string {
  return `url(#outcome-${outcome})`
}

/** The patterns themselves; to stand once beside what is filled with them. */
export function OutcomePatterns(): ReactElement {
  return (
    <svg width={0} height={0} style={{ position: 'absolute' }} aria-hidden="true" focusable="false">
      <defs>
        {PLOTTED.map(({ outcome, color }) => (
          <pattern key={outcome} id={`outcome-${outcome}`} width={TILE} height={TILE} patternUnits="userSpaceOnUse">
            <rect width={TILE} height={TILE} fill={color} fillOpacity={MARKS[outcome] === null ? 1 : 0.35} />
            {MARKS[outcome] !== null && (
              <path d={MARKS[outcome]} stroke={color} strokeWidth={1.8} strokeLinecap="square" />
            )}
          </pattern>
        ))}
      </defs>
    </svg>
  )
}

/** The pattern in small, for a legend. */
export function OutcomeSwatch({ outcome }: { readonly outcome: PastOutcome }): ReactElement {
  return (
    <svg width={14} height={10} aria-hidden="true" focusable="false">
      <rect width={14} height={10} rx={2} fill={fillOf(outcome)} />
    </svg>
  )
}
