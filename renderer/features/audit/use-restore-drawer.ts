import { useState } from 'react'
import type { PastRestore } from '../../../contract/shapes/past-restore.ts'
import type { RestoreDrawerProps } from './RestoreDrawer.tsx'
import type { RestoreRow, RestoreRows } from './restore-rows.ts'

interface Looked {
  readonly restore: PastRestore | null
  /** Where it stood when it was looked at; it is where the next one is read while its own is not known. */
  readonly at: number
  readonly opened: boolean
  /** A step to a place that is being read. */
  readonly wanted: number | null
}

export interface RestoreDrawerState {
  readonly shown: Omit<RestoreDrawerProps, 'hostName'>
  open(row: RestoreRow): void
}

/** Which restore is looked at, and the way to the ones before and after it. It stays in its drawer while that closes. */
export function useRestoreDrawer(
  rows: RestoreRows | undefined,
  onSight: (first: number, end: number) => void,
): RestoreDrawerState {
  const [looked, setLooked] = useState<Looked>({ restore: null, at: 0, opened: false, wanted: null })
  const { wanted } = looked
  const arrived = wanted === null ? null : (rows?.at(wanted)?.restore ?? null)
  if (wanted !== null && arrived !== null) setLooked({ restore: arrived, at: wanted, opened: true, wanted: null })
  const at = looked.restore === null ? 0 : (rows?.find(looked.restore) ?? looked.at)
  const length = rows?.length ?? 0
  return {
    open: ({ at: position, restore }) => {
      if (restore !== null) setLooked({ restore, at: position, opened: true, wanted: null })
    },
    shown: {
      restore: looked.restore,
      opened: looked.opened,
      place: rows === undefined ? null : { at: at + 1, of: length },
      onStep: (step) => {
        const next = at + step
        if (next < 0 || next >= length) return
        const restore = rows?.at(next)?.restore ?? null
        if (restore !== null) return setLooked({ restore, at: next, opened: true, wanted: null })
        onSight(next, next + 1)
        setLooked({ ...looked, wanted: next })
      },
      onClose: () => setLooked({ ...looked, opened: false, wanted: null }),
    },
  }
}
