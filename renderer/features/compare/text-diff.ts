import { diffArrays, diffWordsWithSpace } from 'diff'

/** A row of two texts beside each other. */
export type DiffRow =
  | { readonly kind: 'same' | 'changed'; readonly before: number; readonly after: number }
  | { readonly kind: 'removed'; readonly before: number }
  | { readonly kind: 'added'; readonly after: number }
  /** Lines that are the same and not shown: as many from there on. */
  | { readonly kind: 'fold'; readonly before: number; readonly after: number; readonly count: number }

/** Milliseconds that a comparison may take. */
const PATIENCE = 1500
/** Lines that are shown around what changed. */
const CONTEXT = 3

/** Compare two texts line by line; null where they have too little in common to be compared in time. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffRow[] | null {
  const hunks = diffArrays([...before], [...after], { timeout: PATIENCE })
  if (hunks === undefined) return null
  const rows: DiffRow[] = []
  let [left, right] = [0, 0]
  for (const [at, { added, removed, value }] of hunks.entries()) {
    const count = value.length
    if (removed) {
      const next = hunks[at + 1]
      const paired = next?.added === true ? Math.min(count, next.value.length) : 0
      for (let line = 0; line < count; line += 1)
        rows.push(
          line < paired
            ? { kind: 'changed', before: left + line, after: right + line }
            : { kind: 'removed', before: left + line },
        )
      left += count
      continue
    }
    if (added) {
      const last = hunks[at - 1]
      const paired = last?.removed === true ? Math.min(count, last.value.length) : 0
      for (let line = paired; line < count; line += 1) rows.push({ kind: 'added', after: right + line })
      right += count
      continue
    }
    for (let line = 0; line < count; line += 1) rows.push({ kind: 'same', before: left + line, after: right + line })
    left += count
    right += count
  }
  return rows
}

/** The same with long stretches of equal lines folded, but for those that were opened (by their first line before). */
export function folded(rows: readonly DiffRow[], opened: ReadonlySet<number>): DiffRow[] {
  const shown: DiffRow[] = []
  for (let at = 0; at < rows.length; ) {
    let end = at
    while (rows[end]?.kind === 'same') end += 1
    if (end === at) {
      const row = rows[at]
      if (row !== undefined) shown.push(row)
      at += 1
      continue
    }
    const head = at === 0 ? 0 : CONTEXT
    const tail = end === rows.length ? 0 : CONTEXT
    const first = rows[at + head]
    const hidden = end - at - head - tail
    if (hidden < 2 || first?.kind !== 'same' || opened.has(first.before)) shown.push(...rows.slice(at, end))
    else {
      shown.push(...rows.slice(at, at + head))
      shown.push({ kind: 'fold', before: first.before, after: first.after, count: hidden })
      shown.push(...rows.slice(end - tail, end))
    }
    at = end
  }
  return shown
}

export interface WordPart {
  readonly text: string
  /** Only this side has it. */
  readonly own: boolean
}

/** What is long is not looked at word by word. */
const LONGEST_LINE = 2000

/** Which words of two lines differ. */
export function diffWords(before: string, after: string): { readonly before: WordPart[]; readonly after: WordPart[] } {
  if (before.length > LONGEST_LINE || after.length > LONGEST_LINE)
    return { before: [{ text: before, own: true }], after: [{ text: after, own: true }] }
  const parts = diffWordsWithSpace(before, after)
  return {
    before: parts.flatMap(({ added, removed, value }) => (added ? [] : [{ text: value, own: removed }])),
    after: parts.flatMap(({ added, removed, value }) => (removed ? [] : [{ text: value, own: added }])),
  }
}

/** As `diff -u` writes it, to be handed on. */
export function patchOf(
  rows: readonly DiffRow[],
  { before, after }: { readonly before: readonly string[]; readonly after: readonly string[] },
): string {
  const lines = folded(rows, new Set()).flatMap((row): string[] => {
    switch (row.kind) {
      case 'same':
        return [` ${before[row.before] ?? ''}`]
      case 'changed':
        return [`-${before[row.before] ?? ''}`, `+${after[row.after] ?? ''}`]
      case 'removed':
        return [`-${before[row.before] ?? ''}`]
      case 'added':
        return [`+${after[row.after] ?? ''}`]
      case 'fold':
        return [`@@ ${row.count} lines that are the same @@`]
    }
  })
  return `${lines.join('\n')}\n`
}
