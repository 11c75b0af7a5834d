// Holds the built console to its budget; with `--write` it gives room to what breaks it, for a reviewer to see.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { breachesOf, renewed } from './budget.mjs'
import { buildPage } from './build-page.mjs'
import { pageSizes, programSizes } from './measure.mjs'

const root = join(import.meta.dirname, '..', '..')
const file = join(import.meta.dirname, 'budget.json')

const budget = JSON.parse(readFileSync(file, 'utf8'))
const sizes = [...pageSizes(root, await buildPage(root)), ...programSizes(root, join(root, 'out', 'main'))]
const breaches = breachesOf(sizes, budget)
for (const { sentence } of breaches) process.stdout.write(`${sentence}\n`)
if (process.argv.includes('--write')) {
  writeFileSync(file, `${JSON.stringify(renewed(sizes, budget), null, 2)}\n`)
} else if (breaches.length > 0) {
  process.stdout.write(
    'Load it only where it is used, or take something smaller. Where it is worth its weight, "npm run bundle-budget" gives it room.\n',
  )
  process.exitCode = 1
}
