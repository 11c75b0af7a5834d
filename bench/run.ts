import { parseArgs } from 'node:util'
import type { Bench } from './bench.ts'
import { browse } from './cases/browse.ts'
import { open } from './cases/open.ts'
import { search } from './cases/search.ts'
import { versions } from './cases/versions.ts'
import { type BenchLine, tableOf } from './measure.ts'
import { distantPlace, localPlace } from './places.ts'
import { benchRepository } from './repository/bench-repository.ts'

const BENCHES: Readonly<Record<string, Bench>> = { open, browse, search, versions }

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, local: { type: 'boolean', default: false } },
})
const names = positionals.length === 0 ? Object.keys(BENCHES) : positionals
const unknown = names.find((name) => BENCHES[name] === undefined)
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}". Benches: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}

const made = await benchRepository(values.quick ? 'quick' : 'full')
await using near = localPlace(made)
await using far = values.local ? undefined : await distantPlace(made)
const lines: BenchLine[] = []
for (const name of names) {
  for (const place of [near, far]) {
    if (place === undefined) continue
    for (const line of (await BENCHES[name]?.({ made, place, quick: values.quick })) ?? []) {
      lines.push(line)
      console.log(JSON.stringify(line))
    }
  }
}
console.log(`\n${tableOf(lines)}`)
