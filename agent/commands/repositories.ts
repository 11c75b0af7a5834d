import type { RepositoryView } from '../../contract/shapes/repository.ts'
import { describeBackup } from '../backups/describe-backup.ts'
import { askAgent } from './ask-agent.ts'
import type { Command } from '../../engine/command-line/command.ts'
import { configurationFrom, WHICH_AGENT, WHICH_AGENT_HELP } from './configuration-flags.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'
import { jsonLines, table } from './table.ts'

const HELP = `restore-agent repositories [--json]

List the repositories that this agent knows and what is backed up to them. Their passwords are not shown,
here or anywhere.

      --json                 one object a line
${WHICH_AGENT_HELP}
`

/** The repositories of this host, without anything secret. */
export const repositories: Command = {
  help: HELP,
  async run(args, surroundings) {
    const { values } = readArguments({
      args: [...args],
      options: { ...WHICH_AGENT, json: { type: 'boolean', default: false } },
    })
    const { dataDirectory } = configurationFrom(values, surroundings)
    const known = await askAgent({ ...surroundings, dataDirectory }, (client) => client.repository.list())
    if (values.json) return void surroundings.out.write(jsonLines(known))
    if (known.length === 0) return surroundings.say('This agent knows no repository yet. Add one in the console.')
    surroundings.out.write(table(['NAME', 'URL', 'USER', 'PASSWORD', 'BACKUP', 'ADDED'], known.map(rowOf)))
  },
}

function rowOf({ name, url, username, hasPassword, backup, addedAt }: RepositoryView): string[] {
  return [
    name,
    url,
    username ?? '-',
    hasPassword ? 'kept' : 'none',
    backup === null ? '-' : describeBackup(backup),
    addedAt,
  ]
}
