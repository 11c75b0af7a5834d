import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * Everything below a folder, one line for each entry: path, type, mode, size, time of change and content. Two equal
 * states mean that nothing was written in between. Paths are latin1, so that each byte is one character.
 */
export function directoryState(root: string): string[] {
  const lines: string[] = []
  visit(Buffer.from(root), Buffer.from('.'), lines)
  return lines
}

function visit(folder: Buffer, shown: Buffer, lines: string[]): void {
  const names = readdirSync(folder, { encoding: 'buffer' }).sort(Buffer.compare)
  for (const name of names) {
    const path = Buffer.concat([folder, Buffer.from('/'), name])
    const label = Buffer.concat([shown, Buffer.from('/'), name])
    const stat = lstatSync(path)
    const facts = [label.toString('latin1'), stat.mode.toString(8), stat.mtimeMs, stat.size]
    if (stat.isFile()) facts.push(createHash('sha256').update(readFileSync(path)).digest('hex'))
    if (stat.isSymbolicLink()) facts.push(readlinkSync(path, { encoding: 'buffer' }).toString('latin1'))
    lines.push(facts.join(' '))
    if (stat.isDirectory()) visit(path, label, lines)
  }
}
