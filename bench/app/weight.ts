import { join } from 'node:path'
import { projectDirectory } from '../../e2e/launch/running-console.ts'
import { buildPage } from '../../tools/bundle-budget/build-page.mjs'
import { pageSizes, programSizes } from '../../tools/bundle-budget/measure.mjs'
import { type BenchLine, lineOf } from '../measure.ts'

/** How much each part of the built console weighs, compressed. */
export async function weight(): Promise<readonly BenchLine[]> {
  const page = pageSizes(projectDirectory, await buildPage(projectDirectory))
  const program = programSizes(projectDirectory, join(projectDirectory, 'out', 'main'))
  return [...page, ...program].map(({ part, bytes, gzip }) =>
    lineOf({
      bench: 'app',
      case: `weight: ${part}, ${Math.ceil(bytes / 1024)} KiB as built`,
      unit: 'KiB',
      ours: [gzip / 1024],
    }),
  )
}
