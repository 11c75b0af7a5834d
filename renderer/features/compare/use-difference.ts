import { useState } from 'react'
import type { NodeType } from '../../../contract/shapes/tree.ts'
import type { ChangeRow } from './change-rows.ts'

/** One path on both sides. */
export interface Differing {
  readonly path: string
  /** Null for a side that has no such path. */
  readonly typeBefore: NodeType | null
  readonly typeAfter: NodeType | null
  readonly sizeBefore: number
  readonly sizeAfter: number
  /** Where it stands in the tree. */
  readonly row?: ChangeRow
}

export interface Difference {
  /** It stays while the drawer closes: that would be empty on its way out. */
  readonly subject: Differing | null
  readonly opened: boolean
  show(differing: Differing): void
  close(): void
}

/** Which path's difference is looked at. */
export function useDifference(): Difference {
  const [subject, setSubject] = useState<Differing | null>(null)
  const [opened, setOpened] = useState(false)
  return {
    subject,
    opened,
    show: (differing) => {
      setSubject(differing)
      setOpened(true)
    },
    close: () => setOpened(false),
  }
}
