import { productVersion } from '../../engine/command-line/product.ts'
import { startDaemon } from '../listen/daemon.ts'
import type { Command } from '../../engine/command-line/command.ts'
import { configurationFrom, WHICH_AGENT, WHICH_AGENT_HELP } from './configuration-flags.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'

/** Milliseconds that a stop may take. restic gets ten seconds to heed a signal before it is killed. */
const PATIENCE = 18_000

const HELP = `restore-agent serve

Run the agent until it is told to stop: SIGTERM or SIGINT. A run that is under way is ended then, and recorded
as interrupted; what it has restored stays. Its log goes to standard error, one JSON object a line.

      --listen HOST:PORT     where consoles reach it: 0.0.0.0:7420 unless given; "none" for nowhere
      --advertise HOST:PORT  the address that enrolments name, where it is another one
      --staging-root PATH    where restores go by default
      --restic PATH          which restic to use; may be given several times, the first that will do is taken
${WHICH_AGENT_HELP}

Each of these, but for --config, can stand in the configuration: listen (null for nowhere), advertise,
stagingRoot, resticCandidates, dataDirectory.
`

/** The daemon. */
export const serve: Command = {
  help: HELP,
  async run(args, surroundings) {
    const { values } = readArguments({
      args: [...args],
      options: {
        ...WHICH_AGENT,
        listen: { type: 'string' },
        advertise: { type: 'string' },
        'staging-root': { type: 'string' },
        restic: { type: 'string', multiple: true },
      },
    })
    const configuration = configurationFrom(values, surroundings, {
      listen: values.listen === 'none' ? null : values.listen,
      advertise: values.advertise,
      stagingRoot: values['staging-root'],
      resticCandidates: values.restic,
    })
    // A log that nobody takes any more is no reason to fall over.
    process.stderr.on('error', () => undefined)
    const told = stopSignal()
    const daemon = await startDaemon({
      ...configuration,
      agentVersion: productVersion(),
      log: (line) => process.stderr.write(`${line}\n`),
    })
    await told
    const { logger } = daemon.agent.trust
    const timer = setTimeout(() => {
      logger.error('agent.stop-forced', { afterMilliseconds: PATIENCE })
      process.exit(1)
    }, PATIENCE)
    await daemon[Symbol.asyncDispose]()
    clearTimeout(timer)
  },
}

/**
 * When the agent is told to stop. It goes on listening then: whoever runs programs for us listens too, and ends this process at
 * once where nobody else does.
 */
function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve())
  return promise
}
