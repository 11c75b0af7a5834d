import type { Snapshot } from '../../../contract/shapes/snapshot.ts'

/** The later side may be the host as it is now. */
export const NOW = 'now'

/** What is compared with what. */
export interface Sides {
  readonly before: Snapshot
  readonly after: Snapshot | typeof NOW
}

export interface Asked {
  /** Ids; null where none was said. */
  readonly from: string | null
  readonly to: string | null
}

/**
 * What an address asks for, with the nearest that fits where it leaves something open: the newest snapshot, and the one of
 * the same machine and paths before it. Null where there is nothing to compare with. Snapshots come newest first.
 */
export function sidesOf(snapshots: readonly Snapshot[], { from, to }: Asked): Sides | null {
  const earlier = snapshots.find(({ id }) => id === from)
  if (to === NOW) {
    const before = earlier ?? snapshots[0]
    return before === undefined ? null : { before, after: NOW }
  }
  const later = snapshots.find(({ id }) => id === to)
  const after = later ?? (earlier === undefined ? snapshots[0] : followerOf(snapshots, earlier))
  if (after === undefined) return null
  const before = earlier ?? predecessorOf(snapshots, after)
  return before === undefined ? null : { before, after }
}

/** The snapshot before one, of the same machine and paths if there is such a one. */
export function predecessorOf(snapshots: readonly Snapshot[], one: Snapshot): Snapshot | undefined {
  const older = snapshots.slice(snapshots.indexOf(one) + 1)
  return (
    older.find((other) => isAlike(one, other)) ?? older.find(({ hostname }) => hostname === one.hostname) ?? older[0]
  )
}

function followerOf(snapshots: readonly Snapshot[], one: Snapshot): Snapshot | undefined {
  const newer = snapshots.slice(0, snapshots.indexOf(one)).toReversed()
  return newer.find((other) => isAlike(one, other)) ?? newer[0] ?? snapshots.find((other) => other !== one)
}

/** Two snapshots that were made of the same. */
export function isAlike(one: Snapshot, other: Snapshot): boolean {
  return one.hostname === other.hostname && pathsOf(one) === pathsOf(other)
}

function pathsOf({ paths }: Snapshot): string {
  return JSON.stringify(paths.toSorted())
}
