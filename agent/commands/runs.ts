import type { RunSummary } from '../../contract/shapes/run-summary.ts'
import { askAgent } from './ask-agent.ts'
import type { Command } from '../../engine/command-line/command.ts'
import { configurationFrom, WHICH_AGENT, WHICH_AGENT_HELP } from './configuration-flags.ts'
import { LIMIT, LIMIT_HELP, limitFrom } from './limit-flag.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'
import { jsonLines, table } from './table.ts'

const HELP = `restore-agent runs [--limit NUMBER] [--json]

List what was carried out on this host, newest first.

${LIMIT_HELP}
      --json                 one object a line
${WHICH_AGENT_HELP}
`

/** The runs of this host. */
export const runs: Command = {
  help: HELP,
  async run(args, surroundings) {
    const { values } = readArguments({
      args: [...args],
      options: { ...WHICH_AGENT, ...LIMIT, json: { type: 'boolean', default: false } },
    })
    const limit = limitFrom(values.limit)
    const { dataDirectory } = configurationFrom(values, surroundings)
    const newest = await askAgent({ ...surroundings, dataDirectory }, (client) => client.run.list({ limit }))
    if (values.json) return void surroundings.out.write(jsonLines(newest))
    if (newest.length === 0) return surroundings.say('Nothing has been carried out on this host yet.')
    surroundings.out.write(table(['RUN', 'KIND', 'STATE', 'BEGUN', 'ENDED', 'STARTED BY'], newest.map(rowOf)))
  },
}

function rowOf({ id, subject, state, queuedAt, startedAt, endedAt, startedBy }: RunSummary): string[] {
  return [id, subject.kind, state, startedAt ?? queuedAt, endedAt ?? '-', startedBy]
}
