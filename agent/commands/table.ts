import { showFileName } from '../../contract/shapes/file-name.ts'

/**
 * Rows in columns as wide as their widest cell, under a heading. Whatever others have named is spelt out: a name could
 * hold what moves a terminal's cursor.
 */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = [headings, ...rows].map((row) => row.map(showFileName))
  const widths = headings.map((_, at) => Math.max(...shown.map((row) => row[at]?.length ?? 0)))
  return shown
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

/** One object a line. */
export function jsonLines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}
