import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { bundleAgent, ROOT } from './bundle.ts'
import { licenceOfNode, licencesOf } from './licences.ts'
import { seal } from './seal.ts'

/** What is put into the folder as it is, by where it goes. */
const RESOURCES = {
  'bin/restore-agent': 'resources/agent/restore-agent',
  'install.sh': 'resources/agent/install.sh',
  'restore-agent.service': 'resources/agent/restore-agent.service',
  'config.json': 'resources/agent/config.json',
  'README.md': 'docs/agent.md',
  LICENSE: 'LICENSE',
} as const

/** Which machines the package is for: the Node in it is this one. */
export const TARGET = `${process.platform}-${process.arch}`

/** The version of the agent, which is that of this project. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return z.object({ version: z.string() }).parse(manifest).version
}

/**
 * Write the agent's folder anew: the bundle, the Node that runs this, the launcher, the installer, the unit, what they
 * are licensed under, and a list of checksums over all of it. Throws where there is no installer for this platform.
 */
export async function assemble(folder: string): Promise<void> {
  if (process.platform !== 'linux') throw new Error(`The agent is packaged for Linux, on Linux: this is ${TARGET}.`)
  rmSync(folder, { recursive: true, force: true })
  const bundle = join(folder, 'lib', 'agent')
  mkdirSync(bundle, { recursive: true })
  const packages = await bundleAgent(bundle, TARGET)

  const version = packageVersion()
  const manifest = { name: 'restore-agent', version, license: 'MIT', type: 'module', private: true }
  put(folder, 'package.json', `${JSON.stringify(manifest, null, 2)}\n`)
  put(folder, 'VERSION', `${version}\n`)
  put(folder, 'TARGET', `${TARGET}\n`)
  put(folder, 'LICENSE-node', licenceOfNode())
  put(folder, 'LICENSE-packages', licencesOf(packages))
  copyFileSync(process.execPath, join(folder, 'lib', 'node'))
  for (const [to, from] of Object.entries(RESOURCES)) put(folder, to, readFileSync(join(ROOT, from)))
  seal(folder)
}

function put(folder: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}
