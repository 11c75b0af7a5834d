import { createHash } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const EXECUTABLE = ['bin/restore-agent', 'install.sh', 'lib/node']

/** Set the rights of every file, and write their checksums as `sha256sum` reads them. */
export function seal(folder: string): void {
  rmSync(join(folder, 'SHA256SUMS'), { force: true })
  const files = filesBelow(folder)
  const sums = files.map((path) => {
    chmodSync(join(folder, path), EXECUTABLE.includes(path) ? 0o755 : 0o644)
    return `${sha256(readFileSync(join(folder, path)))}  ${path}\n`
  })
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''))
  chmodSync(join(folder, 'SHA256SUMS'), 0o644)
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}
