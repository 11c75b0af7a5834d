import { productVersion } from '../engine/command-line/product.ts'
import { type KnownCommand, runCommand } from '../engine/command-line/run-command.ts'
import { sentenceOf } from './sentence.ts'

const CHECKER = new URL('./prove/check-sqlite.ts', import.meta.url)

const COMMANDS: ReadonlyMap<string, KnownCommand> = new Map([
  [
    'enrol',
    { about: 'become a consumer of a control plane', load: async () => (await import('./commands/enrol.ts')).enrol },
  ],
  [
    'join',
    {
      about: 'belong to one that knows this certificate, and print it',
      load: async () => (await import('./commands/enrol.ts')).join,
    },
  ],
  [
    'serve',
    {
      about: 'take the worklist, and prove it',
      load: async () => (await import('./commands/serve.ts')).serveWith(CHECKER),
    },
  ],
  [
    'status',
    {
      about: 'what is proven, and what is not',
      load: async () => (await import('./commands/report-status.ts')).status,
    },
  ],
  [
    'verify-now',
    { about: 'restore one again', load: async () => (await import('./commands/report-status.ts')).verifyNow },
  ],
])

process.exitCode = await runCommand(process.argv.slice(2), {
  program: 'restore-consumer',
  commands: COMMANDS,
  version: productVersion,
  sentenceOf,
  exitCodeOf: () => 1,
})
