import { NotAsWritten } from '../engine/command-line/command.ts'
import { type KnownCommand, runCommand } from '../engine/command-line/run-command.ts'
import { sentenceOf } from './commands/sentence.ts'
import { ConfigurationError } from './configuration/configuration.ts'
import { productVersion } from '../engine/command-line/product.ts'

const COMMANDS: ReadonlyMap<string, KnownCommand> = new Map([
  ['serve', { about: 'run the agent', load: async () => (await import('./commands/serve.ts')).serve }],
  [
    'stdio',
    {
      about: 'speak with a console over standard input and output',
      load: async () => (await import('./commands/stdio.ts')).stdio,
    },
  ],
  [
    'enrol',
    { about: 'make a code that lets one console in', load: async () => (await import('./commands/enrol.ts')).enrol },
  ],
  [
    'peers',
    {
      about: 'list the consoles that are enrolled, or revoke one',
      load: async () => (await import('./commands/peers.ts')).peers,
    },
  ],
  [
    'repositories',
    {
      about: 'list the repositories of this host',
      load: async () => (await import('./commands/repositories.ts')).repositories,
    },
  ],
  ['runs', { about: 'list what was carried out here', load: async () => (await import('./commands/runs.ts')).runs }],
  [
    'audit',
    {
      about: 'list who did what here, and check that record',
      load: async () => (await import('./commands/audit.ts')).audit,
    },
  ],
  [
    'doctor',
    { about: 'say what is wrong, and what to do', load: async () => (await import('./commands/doctor.ts')).doctor },
  ],
  ['carry-out', { about: null, load: async () => (await import('./commands/carry-out.ts')).carryOut }],
  [
    'tree',
    {
      about: 'print what the agent reads in a snapshot, to be compared with restic',
      load: async () => (await import('./commands/tree.ts')).tree,
    },
  ],
])

process.exitCode = await runCommand(process.argv.slice(2), {
  program: 'restore-agent',
  commands: COMMANDS,
  version: productVersion,
  sentenceOf,
  exitCodeOf: (error) => {
    if (error instanceof NotAsWritten) return 3
    return error instanceof ConfigurationError ? 78 : 1
  },
})
