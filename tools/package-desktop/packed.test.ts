import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { extractAll, getRawHeader, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { beforeAll, expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { stubElectron } from './stub-electron.ts'

const root = join(import.meta.dirname, '..', '..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>
}

interface Manifest {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

/** How a fuse that is set stands in the binary: the character 1. */
const ON = 0x31

let packed: string
let files: readonly string[]

async function run(args: readonly string[], cwd: string): Promise<string> {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  const output = Buffer.concat(chunks).toString('utf8')
  if (code !== 0) throw new Error(output)
  return output
}

beforeAll(async () => {
  if (!existsSync(join(root, 'out', 'main', 'index.js'))) throw new Error('there is nothing to pack: npm run build')
  const directory = temporaryDirectory()
  const stub = join(directory.path, 'electron')
  const output = join(directory.path, 'output')
  mkdirSync(stub)
  stubElectron(stub, manifest.devDependencies['electron'] ?? '')
  const places = [`-c.electronDist=${stub}`, `-c.directories.output=${output}`]
  const program = join(root, 'node_modules', 'electron-builder', 'cli.js')
  await run([program, '--linux', '--dir', '--x64', '--publish', 'never', ...places], root)
  packed = join(output, 'linux-unpacked')
  files = listPackage(join(packed, 'resources', 'app.asar'), { isPack: false }).map((file) => file.slice(1))
  return () => directory[Symbol.asyncDispose]()
}, 120_000)

// @security Packages and updates: Packages hold what was built and what that needs: no source, test, source map, developer's tool or second Node.
test('what is packed is what was built, its manifest, its terms and what it depends on', () => {
  expect(new Set(files.map((file) => file.split('/')[0]))).toEqual(
    new Set(['LICENSE', 'node_modules', 'out', 'package.json']),
  )
  for (const file of [
    'out/main/index.js',
    'out/preload/index.cjs',
    'out/renderer/index.html',
    'out/main/agent-worker.js',
  ]) {
    expect(files).toContain(file)
  }
  for (const name of Object.keys(manifest.dependencies)) expect(files).toContain(`node_modules/${name}/package.json`)
  for (const name of Object.keys(manifest.devDependencies).filter(isForDevelopersAlone))
    expect(files).not.toContain(`node_modules/${name}/package.json`)
  const unwanted = /\.(ts|tsx|map)$|\.test\.|^node_modules\/(node-linux-|electron\/|prebuild-install|node-abi)/
  expect(files.filter((file) => unwanted.test(file))).toEqual([])
})

test('native parts are this platform’s, and lie where the system can load them', () => {
  const native = files.filter((file) => file.endsWith('.node'))
  expect(native.toSorted()).toEqual([
    'node_modules/better-sqlite3/prebuilds/linux-arm64.node',
    'node_modules/better-sqlite3/prebuilds/linux-x64.node',
    'node_modules/keytar/build/Release/keytar.node',
  ])
  const unpacked = globSync('**/*.node', { cwd: join(packed, 'resources', 'app.asar.unpacked') })
  expect(unpacked.toSorted()).toEqual(native.toSorted())
})

// @security Packages and updates: A packed console is no Node for others, takes no options of Node, and loads no code but from its own sealed archive.
test('the fuses are set', async () => {
  const wire = await getCurrentFuseWire(join(packed, 'restore-console'))
  const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === ON
  expect(isOn(FuseV1Options.RunAsNode)).toBe(false)
  expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
  expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
  expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
  expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
  expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
  expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true)
  const { header } = getRawHeader(join(packed, 'resources', 'app.asar'))
  expect(JSON.stringify(header)).toContain('"integrity":{"algorithm":"SHA256"')
})

test('what was packed starts by itself, with the agent of this computer', async () => {
  await using directory = temporaryDirectory()
  const app = join(directory.path, 'app')
  extractAll(join(packed, 'resources', 'app.asar'), app)
  const headless = join(app, 'out', 'main', 'headless.js')
  expect(await run([headless, '--version'], directory.path)).toBe(`${manifest.version}\n`)
  const child = spawn(process.execPath, [headless, '--data-dir', join(directory.path, 'data')], {
    cwd: directory.path,
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  expect(line).toMatch(/^console ready at http:\/\/127\.0\.0\.1:\d+\//)
  const { origin } = new URL(line.slice('console ready at '.length))
  expect(await (await fetch(origin)).text()).toContain('<div id="root">')
  child.kill('SIGTERM')
  expect((await once(child, 'exit'))[0]).toBe(0)
}, 60_000)

/** What one of ours names as its tool may be what another one of those that are packed needs. */
function isForDevelopersAlone(name: string): boolean {
  return lock.packages[`node_modules/${name}`]?.dev === true
}
