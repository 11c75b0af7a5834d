// `npm run security-page`: writes docs/security.md from the tests.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPromises, securityPage } from './promises.mjs'

const root = join(import.meta.dirname, '..', '..')
const promises = readPromises(root)
writeFileSync(join(root, 'docs', 'security.md'), securityPage(promises))
process.stdout.write(`docs/security.md holds ${promises.length} promises\n`)
