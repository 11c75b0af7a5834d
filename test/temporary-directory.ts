import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TemporaryDirectory extends AsyncDisposable {
  readonly path: string
}

/** A fresh folder that goes away with its owner: `await using directory = temporaryDirectory()`. */
export function temporaryDirectory(): TemporaryDirectory {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'restore-console-test-'))
  return {
    path,
    async [Symbol.asyncDispose]() {
      remove(path)
    },
  }
}

// rmSync and not rm: only the former removes names that are not UTF-8.
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    execFileSync('chmod', ['-R', 'u+rwX', path])
    rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  }
}
