import type { ChangeColumns, ChangeKind, RollUp } from '../../contract/shapes/compare.ts'
import type { NodeFacts } from '../../contract/shapes/tree.ts'

/** One path of a level, wherever its sides come from. */
export interface LevelRow {
  readonly name: string
  readonly kind: ChangeKind
  readonly bitRot?: boolean
  readonly before: NodeFacts | null
  readonly after: NodeFacts | null
  readonly rollUp?: RollUp | null
}

/** Rows as they cross the wire. */
export function changeColumns(rows: readonly LevelRow[]): ChangeColumns {
  const befores = rows.map(({ before }) => before)
  const afters = rows.map(({ after }) => after)
  return {
    name: rows.map(({ name }) => name),
    kind: rows.map(({ kind }) => kind),
    bitRot: rows.map(({ bitRot = false }) => bitRot),
    typeBefore: befores.map(typeOf),
    typeAfter: afters.map(typeOf),
    sizeBefore: befores.map(sizeOf),
    sizeAfter: afters.map(sizeOf),
    modifiedBefore: befores.map(modifiedOf),
    modifiedAfter: afters.map(modifiedOf),
    modeBefore: befores.map(modeOf),
    modeAfter: afters.map(modeOf),
    treeBefore: befores.map(treeOf),
    treeAfter: afters.map(treeOf),
    linkBefore: befores.map(linkOf),
    linkAfter: afters.map(linkOf),
    rollUp: rows.map(({ rollUp = null }) => rollUp),
  }
}

type Side = NodeFacts | null

const typeOf = (side: Side): NodeFacts['type'] | null => side?.type ?? null
const sizeOf = (side: Side): number => side?.size ?? 0
const modifiedOf = (side: Side): string => side?.modified ?? ''
const modeOf = (side: Side): number => side?.mode ?? 0
const treeOf = (side: Side): string | null => side?.treeId ?? null
const linkOf = (side: Side): string | null => side?.linkTarget ?? null
