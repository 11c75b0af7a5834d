import type { AuditEntry } from '../../contract/shapes/audit.ts'
import { askAgent } from './ask-agent.ts'
import type { Command } from './command.ts'
import { configurationFrom, WHICH_AGENT, WHICH_AGENT_HELP } from './configuration-flags.ts'
import { LIMIT, LIMIT_HELP, limitFrom } from './limit-flag.ts'
import { readArguments } from './read-arguments.ts'
import { jsonLines, table } from './table.ts'

const HELP = `restore-agent audit [--limit NUMBER] [--json]

List who did what on this host, newest first, and say whether the record is whole.

${LIMIT_HELP}
      --json                 one object a line
${WHICH_AGENT_HELP}
`

/** What was done on this host. Fails when the record is not as it was written. */
export const audit: Command = {
  help: HELP,
  async run(args, surroundings) {
    const { values } = readArguments({
      args: [...args],
      options: { ...WHICH_AGENT, ...LIMIT, json: { type: 'boolean', default: false } },
    })
    const limit = limitFrom(values.limit)
    const { dataDirectory } = configurationFrom(values, surroundings)
    const { entries, chainIntact } = await askAgent({ ...surroundings, dataDirectory }, (client) =>
      client.audit.list({ limit }),
    )
    surroundings.out.write(
      values.json ? jsonLines(entries) : table(['AT', 'WHO', 'FROM', 'WHAT', 'OUTCOME', 'ABOUT'], entries.map(rowOf)),
    )
    if (!chainIntact) throw new Error('The record has been changed by someone: it does not follow from its beginning.')
  },
}

function rowOf({ at, actor, origin, action, outcome, summary }: AuditEntry): string[] {
  return [at, actor, origin, action, outcome, summary]
}
