import { parseArgs } from 'node:util'
import type { Bench } from './bench.ts'
import { app, type AppInput } from './cases/app.ts'
import { browse } from './cases/browse.ts'
import { diff } from './cases/diff.ts'
import { follow } from './cases/follow.ts'
import { fleet } from './cases/fleet.ts'
import { open } from './cases/open.ts'
import { plane } from './cases/plane.ts'
import { paint } from './cases/paint.ts'
import { restore } from './cases/restore.ts'
import { runs } from './cases/runs.ts'
import { search } from './cases/search.ts'
import { versions } from './cases/versions.ts'
import { type BenchLine, tableOf } from './measure.ts'
import { distantPlace, localPlace } from './places.ts'
import { benchRepository } from './repository/bench-repository.ts'

/** What reads a repository, in each place that it is read from. */
const BENCHES: Readonly<Record<string, Bench>> = { open, browse, search, versions, diff }
/** What brings its own world. */
const OTHERS: Readonly<Record<string, (input: AppInput) => Promise<readonly BenchLine[]>>> = {
  restore,
  runs,
  follow,
  paint,
  fleet,
  plane,
  app,
}
const NAMES = [...Object.keys(BENCHES), ...Object.keys(OTHERS)]

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    local: { type: 'boolean', default: false },
    /** Of the app: `--parts idle`. */
    parts: { type: 'string', multiple: true },
  },
})
const names = positionals.length === 0 ? NAMES : positionals
const unknown = names.find((name) => !NAMES.includes(name))
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}". Benches: ${NAMES.join(', ')}.`)
  process.exit(2)
}

const lines: BenchLine[] = []
const tell = (told: readonly BenchLine[]): void => {
  for (const line of told) console.log(JSON.stringify(line))
  lines.push(...told)
}
const benches = names.flatMap((name) => BENCHES[name] ?? [])
if (benches.length > 0) {
  const made = await benchRepository(values.quick ? 'quick' : 'full')
  await using near = localPlace(made)
  await using far = values.local ? undefined : await distantPlace(made)
  for (const bench of benches)
    for (const place of [near, far]) if (place !== undefined) tell(await bench({ made, place, quick: values.quick }))
}
for (const name of names) tell((await OTHERS[name]?.(values)) ?? [])
console.log(`\n${tableOf(lines)}`)
