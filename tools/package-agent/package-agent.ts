import { createHash } from 'node:crypto'
import { createReadStream, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { archive } from './archive.ts'
import { assemble, packageVersion, TARGET } from './assemble.ts'
import { ROOT } from './bundle.ts'

const { values } = parseArgs({ options: { out: { type: 'string', default: join(ROOT, 'dist', 'agent') } } })
const folder = join(values.out, `restore-agent-${packageVersion()}-${TARGET}`)
await assemble(folder)
const path = `${folder}.tar.gz`
await archive(folder, path)
const hash = createHash('sha256')
await pipeline(createReadStream(path), hash)
const sum = hash.digest('hex')
writeFileSync(`${path}.sha256`, `${sum}  ${basename(path)}\n`)
console.log(`${path}\n${(statSync(path).size / 2 ** 20).toFixed(1)} MiB, SHA-256 ${sum}`)
