import type { AuditEntry } from '../../contract/shapes/audit.ts'
import { askAgent } from './ask-agent.ts'
import { printAnchor, verify } from './audit-chain.ts'
import { type Command, NotAsWritten, type Surroundings, UsageError } from '../../engine/command-line/command.ts'
import { configurationFrom, WHICH_AGENT, WHICH_AGENT_HELP } from './configuration-flags.ts'
import { LIMIT, LIMIT_HELP, limitFrom } from './limit-flag.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'
import { jsonLines, table } from './table.ts'

const HELP = `restore-agent audit [list] [--limit NUMBER] [--json]
restore-agent audit verify [--anchor FILE] [--json]
restore-agent audit anchor

List who did what on this host, newest first, and say whether the record is whole. "verify" checks all of it from
the first entry and names the first that was changed, removed, put in between or moved. "anchor" prints one line to
be kept away from this host: given to "verify" later, it shows what was cut off the end or written anew since. The
last line of FILE is taken. Exit code 3 says that the record is not as it was written.

Both work while the agent runs. Where it does not run, "verify" reads its journal itself, and changes nothing.

${LIMIT_HELP}
      --anchor FILE          what "anchor" has printed before
      --json                 one object a line
${WHICH_AGENT_HELP}
`

/** What was done on this host, and whether the record of it is as it was written. */
export const audit: Command = {
  help: HELP,
  async run(args, surroundings) {
    const { values, positionals } = readArguments({
      args: [...args],
      allowPositionals: true,
      options: { ...WHICH_AGENT, ...LIMIT, anchor: { type: 'string' }, json: { type: 'boolean', default: false } },
    })
    const [verb = 'list', ...rest] = positionals
    if (rest.length > 0) throw new UsageError(`There is nothing to do with ${rest.join(' ')}.`)
    if (values.anchor !== undefined && verb !== 'verify') throw new UsageError('An anchor is for "audit verify".')
    const limit = limitFrom(values.limit)
    const { dataDirectory } = configurationFrom(values, surroundings)
    const where = { ...surroundings, dataDirectory }
    switch (verb) {
      case 'list':
        return list(where, { limit, json: values.json })
      case 'verify':
        return verify(where, { anchorFile: values.anchor ?? null, json: values.json })
      case 'anchor':
        return printAnchor(where)
      default:
        throw new UsageError('The audit can be listed, verified, or anchored.')
    }
  },
}

type Where = Surroundings & { readonly dataDirectory: string }

async function list(where: Where, { limit, json }: { readonly limit: number; readonly json: boolean }): Promise<void> {
  const { entries, chainIntact } = await askAgent(where, (client) => client.audit.list({ limit }))
  where.out.write(
    json ? jsonLines(entries) : table(['AT', 'WHO', 'FROM', 'WHAT', 'OUTCOME', 'ABOUT'], entries.map(rowOf)),
  )
  if (!chainIntact) {
    throw new NotAsWritten(
      'The record has been changed by someone: it does not follow from its beginning. "restore-agent audit verify" says where.',
    )
  }
}

function rowOf({ at, actor, origin, action, outcome, summary }: AuditEntry): string[] {
  return [at, actor, origin, action, outcome, summary]
}
