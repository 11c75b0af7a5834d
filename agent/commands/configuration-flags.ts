import { type Configuration, readConfiguration } from '../configuration/configuration.ts'
import type { Surroundings } from '../../engine/command-line/command.ts'

/** The flags of every command that has to know which agent is meant. */
export const WHICH_AGENT = {
  config: { type: 'string' },
  'data-directory': { type: 'string' },
} as const

/** What `--help` says of them. */
export const WHICH_AGENT_HELP = `      --config PATH          the agent's configuration; /etc/restore-agent/config.json unless given
      --data-directory PATH  where the agent keeps its data`

interface WhichAgent {
  readonly config?: string | undefined
  readonly 'data-directory'?: string | undefined
}

/** The configuration of the agent that is meant. Throws `ConfigurationError`. */
export function configurationFrom(
  { config, 'data-directory': dataDirectory }: WhichAgent,
  { workingDirectory }: Pick<Surroundings, 'workingDirectory'>,
  settings: Readonly<Record<string, unknown>> = {},
): Configuration {
  return readConfiguration({ config, workingDirectory, settings: { ...settings, dataDirectory } })
}
