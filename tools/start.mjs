// `npm start`: set up what is missing, build, and open the console. What it is given goes on to the console.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { browserOpener } from './setup/browser.mjs'
import { ensureBuild } from './setup/build.mjs'
import { createContext } from './setup/context.mjs'
import { ensureElectron } from './setup/electron.mjs'
import { ensureKeytar } from './setup/keytar.mjs'
import { ensureNode } from './setup/node.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { ensureRestic } from './setup/restic.mjs'

/** @typedef {import('./setup/context.mjs').Context} Context */

const HEADLESS = '--headless'
const NO_BROWSER = '--no-browser'

const context = createContext(process.env)
const asked = process.argv.slice(2)
const passedOn = asked.filter((argument) => argument !== HEADLESS && argument !== NO_BROWSER)

await needs(await ensurePackages(context))
await needs(await ensureNode(context))
await needs(await ensureBuild(context))
wants(await ensureRestic(context), 'restic', 'The console opens, and cannot browse or restore before it is there.')
wants(await ensureKeytar(context), 'keychain', 'The console keeps its secrets in a file under a passphrase.')
await open()

/** @param {import('./setup/context.mjs').Outcome} outcome */
async function needs(outcome) {
  if (outcome.ready) return
  process.stderr.write(`\nThe console cannot start without ${outcome.missing}\n  ${outcome.remedy}\n`)
  process.exit(1)
}

/**
 * @param {import('./setup/context.mjs').Outcome} outcome
 * @param {string} subject
 * @param {string} consequence
 */
function wants(outcome, subject, consequence) {
  if (!outcome.ready)
    context.say(subject, `not there: ${outcome.missing}. ${consequence} To have it: ${outcome.remedy}`)
}

async function open() {
  if (asked.includes(HEADLESS)) return openHeadless(`because of ${HEADLESS}`)
  const electron = await ensureElectron(context)
  if (!electron.ready) return openHeadless(`Electron lacks ${electron.missing}`)
  context.say('console', 'opening in a window of its own, with Electron')
  end(spawn(electron.path ?? '', [context.root, ...passedOn], { env: context.env, stdio: 'inherit' }))
}

/** @param {string} why */
function openHeadless(why) {
  const opener = asked.includes(NO_BROWSER) ? undefined : browserOpener(context)
  context.say('console', `in a browser: ${why}${opener ? '' : '. No browser is opened: open the address yourself'}`)
  const console = spawn('node', [join(context.root, 'out', 'main', 'headless.js'), ...passedOn], {
    env: context.env,
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  createInterface({ input: console.stdout }).on('line', (line) => {
    process.stdout.write(`${line}\n`)
    const address = /^console ready at (\S+)$/.exec(line)?.[1]
    if (address && opener) spawn(opener, [address], { env: context.env, stdio: 'ignore', detached: true }).unref()
  })
  end(console)
}

/**
 * End as the console ends. Ctrl+C reaches it from the terminal as well as us: it ends in its own time, and we wait.
 * @param {import('node:child_process').ChildProcess} child
 */
function end(child) {
  process.on('SIGINT', () => undefined)
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
  child.once('close', (code) => {
    process.exitCode = code ?? 0
  })
}
