// Starts a packed console with its own Electron: it says its version, and opens its other front door, whose page comes.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const [program = ''] = process.argv.slice(2)
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'))
// A packed console on a machine that builds has no sandbox helper of root's; a window is opened by the tests end to end.
const always = process.platform === 'linux' ? ['--no-sandbox', '--headless'] : ['--headless']
const dataDirectory = mkdtempSync(join(tmpdir(), 'restore-console-smoke-'))
const limit = setTimeout(() => fail('nothing came of it in two minutes'), 120_000)

const said = await linesOf([...always, '--version'], () => false)
if (!said.includes(version)) fail(`it did not say its version, but: ${said.join('\n')}`)

let page = ''
await linesOf([...always, `--data-dir=${dataDirectory}`], async (line) => {
  const address = /^console ready at (\S+)$/.exec(line)?.[1]
  if (address === undefined) return false
  page = await (await fetch(new URL(address).origin)).text()
  return true
})
if (!page.includes('id="root"')) fail('its page did not come')
clearTimeout(limit)
rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 })
process.stdout.write(`${program} says ${version} and serves its page\n`)

/**
 * What it prints, until it ends or a line is enough.
 * @param {readonly string[]} args
 * @param {(line: string) => boolean | Promise<boolean>} isEnough
 */
async function linesOf(args, isEnough) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  /** @type {string[]} */
  const lines = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (await isEnough(line)) child.kill()
  }
  await closed
  return lines
}

/**
 * @param {string} why
 * @returns {never}
 */
function fail(why) {
  process.stderr.write(`${why}\n`)
  process.exit(1)
}
