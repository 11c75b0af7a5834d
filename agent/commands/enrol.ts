import { permissionSchema, roleSchema } from '../../contract/procedure.ts'
import { workspaceNameSchema } from '../../contract/shapes/enrolment.ts'
import { askAdministration } from './ask-agent.ts'
import { type Command, UsageError } from '../../engine/command-line/command.ts'
import { configurationFrom, WHICH_AGENT, WHICH_AGENT_HELP } from './configuration-flags.ts'
import { secondsIn } from './duration.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'

const HELP = `restore-agent enrol --role ROLE --workspace NAME [--ttl TIME] [--may-read-contents]

Make a code that enrols one console, and print the one line to paste there: this agent's address, the
fingerprint of its key, and the code. Whoever has the line before it is used has the role.

      --role ROLE            viewer (browse), operator (plan and run) or admin (credentials too)
      --workspace NAME       the workspace that this host belongs to; settled with the first console
      --ttl TIME             how long the code is good for: 15m unless given, at most 1d
      --may-read-contents    may see what is in a file without restoring it
      --address HOST:PORT    where consoles reach this agent, if not where it listens
${WHICH_AGENT_HELP}
`

/** Prints exactly one line on standard output, so that it can be piped; what there is to say goes beside it. */
export const enrol: Command = {
  help: HELP,
  async run(args, surroundings) {
    const { values } = readArguments({
      args: [...args],
      options: {
        ...WHICH_AGENT,
        role: { type: 'string' },
        workspace: { type: 'string' },
        ttl: { type: 'string', default: '15m' },
        'may-read-contents': { type: 'boolean', default: false },
        address: { type: 'string' },
      },
    })
    const role = roleSchema.safeParse(values.role)
    if (!role.success) throw new UsageError(`Say which role: --role ${roleSchema.options.join(', --role ')}.`)
    const workspace = workspaceNameSchema.safeParse(values.workspace)
    if (!workspace.success) throw new UsageError('Say which workspace this host belongs to: --workspace NAME.')
    const seconds = secondsIn(values.ttl)
    if (seconds < 10 || seconds > 86_400) throw new UsageError('A code is good for 10s at least and 1d at most.')

    const { dataDirectory } = configurationFrom(values, surroundings)
    const permissions = values['may-read-contents'] ? [permissionSchema.enum['read-contents']] : []
    const asked = { role: role.data, workspace: workspace.data, permissions, seconds, address: values.address ?? null }
    const { line, expiresAt } = await askAdministration({ ...surroundings, dataDirectory }, (client) =>
      client.enrolment.create(asked),
    )
    surroundings.out.write(`${line}\n`)
    surroundings.say(
      `Paste this line in the console under "Enrol host". It lets one console in as ${role.data} of ${workspace.data}, until ${expiresAt}.`,
    )
  },
}
