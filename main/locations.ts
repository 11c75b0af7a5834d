import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { z } from 'zod'

export interface Locations {
  readonly agentWorker: URL
  readonly planeWorker: URL
  readonly consumerWorker: URL
  readonly pageDirectory: string
  readonly preload: string
  readonly resticCandidates: readonly string[]
  readonly version: string
}

/** Where the parts of the product are, seen from a front door: its bundle, or its source under plain Node. */
export function locationsFrom(entry: string): Locations {
  const fromSources = entry.endsWith('.ts')
  const root = join(fileURLToPath(entry), fromSources ? '../..' : '../../..')
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return {
    agentWorker: pathToFileURL(join(root, fromSources ? 'agent/worker.ts' : 'out/main/agent-worker.js')),
    planeWorker: pathToFileURL(
      join(root, fromSources ? 'control-plane/worker.ts' : 'out/main/control-plane-worker.js'),
    ),
    consumerWorker: pathToFileURL(join(root, fromSources ? 'consumer/worker.ts' : 'out/main/consumer-worker.js')),
    pageDirectory: join(root, 'out/renderer'),
    preload: join(root, 'out/preload/index.cjs'),
    // The system's own first; else the one that the set-up has put beside the product.
    resticCandidates: ['restic', join(root, '.tools/bin/restic')],
    version: z.object({ version: z.string() }).parse(manifest).version,
  }
}
