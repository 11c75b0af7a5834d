import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * All files and links below a folder: what is in each, by its path. A path is latin1, so that each byte of a name is one
 * character and none is lost.
 */
export function filesBelow(folder: string): Record<string, string> {
  return Object.fromEntries(list(Buffer.from(`${folder}/`), ''))
}

function list(folder: Buffer, shown: string): [path: string, content: string][] {
  return readdirSync(folder, { encoding: 'buffer' }).flatMap((name) => {
    const path = Buffer.concat([folder, name])
    const label = shown + name.toString('latin1')
    const node = lstatSync(path)
    if (node.isDirectory()) return list(Buffer.concat([path, Buffer.from('/')]), `${label}/`)
    return [[label, node.isSymbolicLink() ? `-> ${readlinkSync(path)}` : digest(readFileSync(path))]]
  })
}

function digest(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
