// `npm test`: the one gate. Set up what is missing, then format, lint, types, unit, build and end to end.
// `--fast` leaves out what needs seconds: real tools and the tests end to end. The last line holds the totals.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureChromium } from './setup/browser.mjs'
import { ensureBuild } from './setup/build.mjs'
import { createContext } from './setup/context.mjs'
import { findElectron } from './setup/electron.mjs'
import { ensureKeytar } from './setup/keytar.mjs'
import { ensureNode } from './setup/node.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { ensurePostgres } from './setup/postgresql.mjs'
import { ensureRestic, ensureRestServer } from './setup/restic.mjs'
import { run } from './setup/run.mjs'
import { ensureS3Gateway } from './setup/s3-gateway.mjs'
import { ensureSecretService } from './setup/secret-service.mjs'
import { ensureSshServer } from './setup/ssh-server.mjs'
import { closingLine, playwrightTotals, vitestTotals } from './testing/totals.mjs'

/** @typedef {import('./setup/context.mjs').Outcome} Outcome */
/** @typedef {import('./testing/totals.mjs').Totals} Totals */

const PASSED = { passed: 0, failed: 0, skipped: [] }
const FAILED = { passed: 0, failed: 1, skipped: [] }

const context = createContext(process.env)
const fast = process.argv.includes('--fast')
/** @type {Totals[]} */
const totals = []
/** @type {string[]} */
const notRun = []
const unitReport = join(context.cache, 'unit.json')
const e2eReport = join(context.cache, 'e2e.json')

await prepare()
await Promise.all([
  check('format', ['biome', 'format', '.']),
  check('lint', ['oxlint', '--type-aware', '--deny-warnings']),
  check('types', ['tsc', '-b']),
])
await unit()
if (!fast) await endToEnd()
finish()

async function prepare() {
  for (const ensure of [ensurePackages, ensureNode]) {
    const outcome = await ensure(context)
    if (!outcome.ready) stop(outcome)
  }
  mkdirSync(context.cache, { recursive: true })
  for (const report of [unitReport, e2eReport]) rmSync(report, { force: true })
  wants(await ensureRestic(context), 'every test with a real repository')
  wants(await ensureRestServer(context), 'every test with a real rest-server')
  // It comes from a suite of Debian that moves: where it cannot be had, that is said, and nothing else stands still.
  if (!fast) mayLack(await ensureS3Gateway(context), 'every test with a real S3 server')
  if (!fast) wants(await ensureSshServer(context), 'every test through a real sshd')
  if (!fast) wants(await ensurePostgres(context), 'every test of the consumer with a real PostgreSQL')
  wants(await ensureKeytar(context), 'the tests of the keychain')
  const keyring = await ensureSecretService(context)
  wants(keyring, 'the tests of the keychain')
  if (keyring.ready) context.env['RESTORE_CONSOLE_WITH_KEYRING'] = join(context.root, 'tools', 'with-keyring.sh')
}

/** @param {Extract<Outcome, { ready: false }>} outcome */
function stop(outcome) {
  process.stderr.write(`\nNothing can be tested without ${outcome.missing}\n  ${outcome.remedy}\n`)
  totals.push(FAILED)
  finish()
  process.exit(1)
}

/**
 * What is missing is said at the end and never passed over; where nobody is there to read it, it fails.
 * @param {Outcome} outcome
 * @param {string} without
 */
function wants(outcome, without) {
  const ready = mayLack(outcome, without)
  if (!ready && context.strict) totals.push(FAILED)
  return ready
}

/**
 * The same for what the gate can do without, also where nobody reads what it says.
 * @param {Outcome} outcome
 * @param {string} without
 */
function mayLack(outcome, without) {
  if (outcome.ready) return true
  notRun.push(`${without}: without ${outcome.missing}. To have it: ${outcome.remedy}`)
  return false
}

/**
 * @param {string} name
 * @param {() => Promise<{ totals: Totals, output?: string }>} act
 */
async function step(name, act) {
  const began = performance.now()
  const result = await act()
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const { passed, failed } = result.totals
  const count = passed + failed > 1 ? `  ${passed} passed, ${failed} failed` : ''
  context.say(name, `${failed === 0 ? 'ok' : 'FAILED'}  ${seconds} s${count}`)
  if (failed > 0 && result.output) process.stdout.write(`${result.output}\n`)
  totals.push(result.totals)
}

/**
 * @param {string} name
 * @param {readonly string[]} command
 */
function check(name, command) {
  return step(name, async () => {
    const { code, output } = await run(context, command)
    return { totals: code === 0 ? PASSED : FAILED, output }
  })
}

function unit() {
  return step('unit', async () => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]
    const projects = ['--project=node', '--project=dom', ...(fast ? [] : ['--project=real'])]
    const { code } = await run(context, inSession(['vitest', 'run', ...projects, ...reporters]), { show: true })
    return { totals: honest(vitestTotals(unitReport), code) }
  })
}

async function endToEnd() {
  await step('build', async () => {
    const outcome = await ensureBuild(context)
    return outcome.ready ? { totals: PASSED } : { totals: FAILED, output: outcome.missing }
  })
  await check('weight', ['node', join('tools', 'bundle-budget', 'check.mjs')])
  await check('packing', ['vitest', 'run', '--project=packages'])
  if (!wants(await ensureChromium(context), 'every test end to end')) return
  const electron = findElectron(context)
  if (!electron)
    notRun.push('the tests end to end inside Electron: its binary is not here. To have it: npx install-electron')
  await step('end to end', async () => {
    const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport, ...(electron ? { RESTORE_CONSOLE_ELECTRON: electron } : {}) }
    const { code } = await run(context, inSession(['playwright', 'test', '--reporter=list,json']), { show: true, env })
    return { totals: honest(playwrightTotals(e2eReport), code) }
  })
}

/**
 * The command inside a session with a keyring of its own, where there can be one.
 * @param {readonly string[]} command
 */
function inSession(command) {
  const session = context.env['RESTORE_CONSOLE_WITH_KEYRING']
  return session ? ['sh', session, ...command] : command
}

/**
 * A runner that ended badly without a failed test has failed all the same.
 * @param {Totals} found
 * @param {number} code
 * @returns {Totals}
 */
function honest(found, code) {
  return code !== 0 && found.failed === 0 ? { ...found, failed: 1 } : found
}

function finish() {
  const lines = [...notRun, ...totals.flatMap((part) => part.skipped)]
  process.stdout.write(lines.map((line) => `not run: ${line}\n`).join(''))
  process.stdout.write(`\n${closingLine(totals)}\n`)
  process.exitCode = totals.some((part) => part.failed > 0) ? 1 : 0
}
