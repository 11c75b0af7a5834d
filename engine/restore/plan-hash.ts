import { createHash, type Hash } from 'node:crypto'
import type { RestoreManner } from '../../contract/shapes/restore.ts'
import type { PlanItems } from './plan-items.ts'
import type { PlannedSource } from './source-plan.ts'

export interface Asked {
  /** In the order of planning. */
  readonly sources: readonly PlannedSource[]
  readonly manner: RestoreManner
}

const PORTION = 4096

/** SHA-256, hexadecimal, over what was asked and what each item would be. Not over where a staging folder happens to be. */
export function hashOf({ sources, manner }: Asked, items: PlanItems): string {
  const hash = createHash('sha256')
  const { target, layout, conflicts, deleteExtra, readBack } = manner
  const parts = sources.map(({ snapshot, selection }) => askedOf(snapshot.id, selection))
  hash.update(JSON.stringify([parts, target, layout, conflicts, deleteExtra, readBack]))
  for (let from = 0; from < items.length; from += PORTION) addItems(hash, items, from)
  return hash.digest('hex')
}

/** One source as text; two that ask for the same have the same. */
export function askedOf(snapshotId: string, { include, exclude }: PlannedSource['selection']): string {
  return JSON.stringify([snapshotId, include.toSorted(), exclude.toSorted()])
}

function addItems(hash: Hash, items: PlanItems, from: number): void {
  let text = ''
  for (let at = from; at < Math.min(from + PORTION, items.length); at += 1) text += `${outlineOf(items, at)}\n`
  hash.update(text)
}

/** What an item would be, in a text that another item has only when it would be the same. */
export function outlineOf(items: PlanItems, at: number): string {
  const differs = items.differs(at).join(',')
  return `${items.action(at)} ${items.type(at)} ${items.size(at)} ${differs} ${exact(items.path(at))} ${exact(items.comesAs(at) ?? '')}`
}

/** Bytes that are not UTF-8 must not become one and the same. */
function exact(path: string): string {
  return path.isWellFormed() && !path.includes('\n') && !path.includes(' ') ? path : JSON.stringify(path)
}
