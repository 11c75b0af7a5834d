import { t } from '@lingui/core/macro'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { NodeFacts } from '../../../contract/shapes/tree.ts'
import type { VersionSpan, Versions } from '../../../contract/shapes/version.ts'
import { formatBytes } from '../../components/format.ts'

/** A snapshot as a version names it. */
export interface VersionSnapshot {
  readonly id: string
  readonly treeId: string
}

/** A stretch of snapshots in which the path was one and the same, as the list shows it. */
export interface VersionRow {
  readonly change: VersionSpan['change']
  /** When the first and the last snapshot of the stretch were made; RFC 3339. */
  readonly since: string
  readonly until: string
  /** The last of the stretch is the newest of all. */
  readonly isCurrent: boolean
  /** The snapshot that is looked at is in this stretch. */
  readonly isLookedAt: boolean
  readonly snapshots: number
  /** What stands for the version: the snapshot that is looked at, where it is one of them, else the newest. */
  readonly snapshot: VersionSnapshot
  /** Null while it is gone. */
  readonly node: NodeFacts | null
  /** How it differs from the version before; empty for the first and for what is gone. */
  readonly differences: readonly string[]
}

/** The versions of a path, newest first. */
export function versionRows({ series, spans }: Versions, lookedAtId: string): readonly VersionRow[] {
  const lookedAt = series.id.indexOf(lookedAtId)
  const newest = series.id.length - 1
  const rows = spans.map((span, at): VersionRow => {
    const { change, first, last, node } = span
    const isLookedAt = lookedAt >= first && lookedAt <= last
    const stands = isLookedAt ? lookedAt : last
    const before = spans.slice(0, at).findLast((earlier) => earlier.node !== null)?.node
    return {
      change,
      since: series.time[first] ?? '',
      until: series.time[last] ?? '',
      isCurrent: last === newest,
      isLookedAt,
      snapshots: last - first + 1,
      snapshot: { id: series.id[stands] ?? '', treeId: series.treeId[stands] ?? '' },
      node,
      differences: node === null || before === undefined || before === null ? [] : differences(before, node),
    }
  })
  return rows.toReversed()
}

const WAS: Readonly<Record<NodeFacts['type'], string>> = {
  file: t`was a file`,
  dir: t`was a folder`,
  symlink: t`was a link`,
  dev: t`was a block device`,
  chardev: t`was a character device`,
  fifo: t`was a named pipe`,
  socket: t`was a socket`,
  irregular: t`was an irregular file`,
}

function differences(before: NodeFacts, after: NodeFacts): readonly string[] {
  if (before.type !== after.type) return [WAS[before.type]]
  const found: string[] = []
  if (before.size !== after.size) found.push(signedBytes(after.size - before.size))
  if (before.treeId !== after.treeId) found.push(t`other contents`)
  if (before.linkTarget !== after.linkTarget) found.push(pointedWords(showFileName(before.linkTarget ?? '')))
  if (before.mode !== after.mode) found.push(t`mode ${octal(before.mode)} → ${octal(after.mode)}`)
  if (found.length > 0) return found
  return [after.type === 'file' ? t`same size` : t`only its times or attributes`]
}

function pointedWords(target: string): string {
  return t`pointed to ${target}`
}

/** `+1.21 KiB`, `−40 B`. */
export function signedBytes(difference: number): string {
  return `${difference < 0 ? '−' : '+'}${formatBytes(Math.abs(difference))}`
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}
