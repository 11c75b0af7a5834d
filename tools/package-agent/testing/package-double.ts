import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seal } from '../seal.ts'

const RESOURCES = join(import.meta.dirname, '..', '..', '..', 'resources', 'agent')

/** In place of Node: loads whatever it is told, and knows no configuration in which the word "unknown" stands. */
const NODE = `#!/bin/sh
[ "$1" = -e ] && exit 0
while [ $# -gt 0 ] && [ "$1" != --config ]; do shift; done
[ $# -gt 0 ] && grep -q unknown "$2" && echo 'restore-agent: In config.json: "unknown" is not known.' >&2 && exit 78
exit 1
`

export interface PackageDouble {
  readonly version: string
  readonly target?: string
  /** Put behind the unit's own lines. */
  readonly unit?: string
}

/** A package with the real installer, launcher and unit, and a few bytes in place of all else; answers its folder. */
export function makePackage(directory: string, { version, target, unit = '' }: PackageDouble): string {
  const folder = join(directory, `restore-agent-${version}`)
  mkdirSync(join(folder, 'bin'), { recursive: true })
  mkdirSync(join(folder, 'lib', 'agent'), { recursive: true })
  writeFileSync(join(folder, 'VERSION'), `${version}\n`)
  writeFileSync(join(folder, 'TARGET'), `${target ?? `linux-${process.arch}`}\n`)
  writeFileSync(join(folder, 'lib', 'node'), NODE)
  writeFileSync(join(folder, 'lib', 'agent', 'index.js'), `// ${version}\n`)
  copyFileSync(join(RESOURCES, 'restore-agent'), join(folder, 'bin', 'restore-agent'))
  for (const name of ['install.sh', 'config.json', 'restore-agent.service']) {
    copyFileSync(join(RESOURCES, name), join(folder, name))
  }
  if (unit !== '') writeFileSync(join(folder, 'restore-agent.service'), unit, { flag: 'a' })
  seal(folder)
  return folder
}
