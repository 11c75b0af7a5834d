import type { Peer } from '../../contract/shapes/peer.ts'
import { askAdministration } from './ask-agent.ts'
import { type Command, type Surroundings, UsageError } from '../../engine/command-line/command.ts'
import { configurationFrom, WHICH_AGENT, WHICH_AGENT_HELP } from './configuration-flags.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'
import { jsonLines, table } from './table.ts'

const HELP = `restore-agent peers [list] [--json]
restore-agent peers revoke NAME|KEY

List the consoles that are enrolled, or forget one and end its connections at once. KEY is the fingerprint
of its key or the beginning of it; write "--" before one that begins with a dash.

      --json                 one object a line
${WHICH_AGENT_HELP}
`

/** The consoles that this host's agent knows. */
export const peers: Command = {
  help: HELP,
  async run(args, surroundings) {
    const { values, positionals } = readArguments({
      args: [...args],
      allowPositionals: true,
      options: { ...WHICH_AGENT, json: { type: 'boolean', default: false } },
    })
    const { dataDirectory } = configurationFrom(values, surroundings)
    const [verb = 'list', peer, ...rest] = positionals
    if (verb === 'list' && peer === undefined) return list({ ...surroundings, dataDirectory }, values.json)
    if (verb === 'revoke' && peer !== undefined && rest.length === 0) {
      return revoke({ ...surroundings, dataDirectory }, peer)
    }
    throw new UsageError(
      verb === 'revoke' ? 'Say which console: its name or its key.' : 'Peers can be listed or revoked.',
    )
  },
}

type Where = Surroundings & { readonly dataDirectory: string }

async function list(where: Where, json: boolean): Promise<void> {
  const known = await askAdministration(where, (client) => client.peers.list())
  if (json) return void where.out.write(jsonLines(known))
  if (known.length === 0) return where.say('No console is enrolled. "restore-agent enrol" makes a code for one.')
  where.out.write(table(['NAME', 'ROLE', 'MAY', 'WORKSPACE', 'CONNECTED', 'LAST SEEN', 'KEY'], known.map(rowOf)))
}

async function revoke(where: Where, peer: string): Promise<void> {
  const revoked = await askAdministration(where, (client) => client.peers.revoke({ peer }))
  const ended =
    revoked.connections === 0 ? 'It was not connected.' : `Its connections were ended: ${revoked.connections}.`
  where.say(`${revoked.name} (key ${revoked.pin}) is not let in any more. ${ended}`)
}

function rowOf({ name, role, permissions, workspace, connections, lastSeenAt, pin }: Peer): string[] {
  return [name, role, permissions.join(',') || '-', workspace, String(connections), lastSeenAt ?? 'never', pin]
}
