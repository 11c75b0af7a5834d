import { type KnownCommand, runCommand } from '../engine/command-line/run-command.ts'
import { productVersion } from '../engine/command-line/product.ts'
import { sentenceOf } from './sentence.ts'

const COMMANDS: ReadonlyMap<string, KnownCommand> = new Map([
  ['serve', { about: 'run a control plane', load: async () => (await import('./commands/serve.ts')).serve }],
  [
    'code',
    { about: 'make a code that lets one consumer in', load: async () => (await import('./commands/code.ts')).code },
  ],
  [
    'group',
    {
      about: 'list the groups, or connect the repository of one',
      load: async () => (await import('./commands/group.ts')).group,
    },
  ],
  [
    'openapi',
    {
      about: 'print its API as an OpenAPI document',
      load: async () => (await import('./commands/open-api.ts')).openApi,
    },
  ],
])

process.exitCode = await runCommand(process.argv.slice(2), {
  program: 'restore-control-plane',
  commands: COMMANDS,
  version: productVersion,
  sentenceOf,
  exitCodeOf: () => 1,
})
