// `npm run package`: the packages of this computer's platform, and the agent's beside them, in dist/. Says what is not signed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { signingStatements } from './signing.mjs'

const root = join(import.meta.dirname, '..', '..')
const output = join(root, 'dist', 'desktop')
const passedOn = process.argv.slice(2)

const statements = signingStatements(process.platform, process.env)
for (const { sentence } of statements) process.stdout.write(`${sentence}\n`)
// Whoever releases says that nothing may go out unsigned.
if (process.env['RESTORE_CONSOLE_SIGNED'] === 'required' && statements.some(({ done }) => !done)) process.exit(1)

run('electron-vite/bin/electron-vite.js', ['build'])
run('electron-builder/cli.js', ['--publish', 'never', ...passedOn])
// The agent runs on Linux; its package stands beside the console's.
if (process.platform === 'linux') {
  call([join(root, 'tools', 'package-agent', 'package-agent.ts')])
  mkdirSync(output, { recursive: true })
  for (const file of globSync(join(root, 'dist', 'agent', '*.tar.gz'))) copyFileSync(file, join(output, basename(file)))
}
writeChecksums()
for (const { done, sentence } of statements) if (!done) process.stdout.write(`${sentence}\n`)

function writeChecksums() {
  const files = globSync(join(output, '*.{AppImage,deb,dmg,zip,exe,tar.gz}')).toSorted()
  const lines = files.map(
    (file) => `${createHash('sha256').update(readFileSync(file)).digest('hex')}  ${basename(file)}\n`,
  )
  if (files.length > 0) writeFileSync(join(output, `SHA256SUMS-${process.platform}`), lines.join(''))
  for (const file of files) process.stdout.write(`${file}\n`)
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
function run(program, args) {
  call([join(root, 'node_modules', program), ...args])
}

/** @param {readonly string[]} args */
function call(args) {
  // Where there is no certificate, one is not to be looked for in a keychain either.
  const env = { CSC_IDENTITY_AUTO_DISCOVERY: String('CSC_LINK' in process.env), ...process.env }
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env })
  if (status !== 0) process.exit(status ?? 1)
}
