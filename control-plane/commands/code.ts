import { deviceCodeSchema } from '../../contract/control-plane/fleet.ts'
import { type Command, UsageError } from '../../engine/command-line/command.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'
import { PlaneAsker } from './ask-plane.ts'
import { dataDirectoryOf, WHICH_PLANE, WHICH_PLANE_HELP } from './where.ts'

const HELP = `restore-control-plane code NAME

Make a code with which one consumer enrols, and print what it needs as one JSON object: the code, the address,
the pin of the control plane's key and its certificate. Whoever has it before it is used is the consumer.

${WHICH_PLANE_HELP}`

export const code: Command = {
  help: HELP,
  async run(args, { workingDirectory, out, say }) {
    const { values, positionals } = readArguments({ args: [...args], options: WHICH_PLANE, allowPositionals: true })
    const [name, ...more] = positionals
    if (name === undefined || more.length > 0) throw new UsageError('Say what the consumer is called: code NAME.')
    const asker = new PlaneAsker(dataDirectoryOf(values['data-dir'], workingDirectory))
    const made = deviceCodeSchema.parse(await asker.ask('/api/devices/enrolment_code', { name }))
    out.write(`${JSON.stringify(made)}\n`)
    say(`It lets one consumer in, once, until ${made.expires_at}.`)
  },
}
