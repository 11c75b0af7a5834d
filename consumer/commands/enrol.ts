import { hostname } from 'node:os'
import { type Command, UsageError } from '../../engine/command-line/command.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'
import { openIdentity } from '../../engine/identity/identity.ts'
import { enrol as enrolWith, remember } from '../enrolled.ts'
import { placesOf, WHICH_CONSUMER, WHICH_CONSUMER_HELP } from './places-flags.ts'

const OPTIONS = { ...WHICH_CONSUMER, pin: { type: 'string' }, name: { type: 'string' } } as const

export const enrol: Command = {
  help: `restore-consumer enrol URL CODE: become a consumer of a control plane

Options:
  --pin PIN              of the plane's key, where no authority signed its certificate
  --name NAME            what the plane is to call it (this machine's name)
${WHICH_CONSUMER_HELP}`,
  async run(args, { workingDirectory, out }) {
    const { values, positionals } = readArguments({ args: [...args], options: OPTIONS, allowPositionals: true })
    const [url, code, ...more] = positionals
    if (url === undefined || code === undefined || more.length > 0)
      throw new UsageError('Say "enrol URL CODE --pin PIN".')
    const { dataDirectory } = placesOf(values, workingDirectory)
    const invitation = { url, code, pin: values.pin ?? null, name: values.name ?? hostname() }
    const plane = await enrolWith(dataDirectory, invitation)
    out.write(`This is the consumer ${plane.name} of ${plane.url} now (device ${plane.deviceId}).\n`)
  },
}

export const join: Command = {
  help: `restore-consumer join URL: belong to a control plane that knows devices by their certificates, as a Canopy does

Prints this consumer's certificate; an operator of the plane gives it the role.

Options:
${WHICH_CONSUMER_HELP}`,
  async run(args, { workingDirectory, out }) {
    const { values, positionals } = readArguments({ args: [...args], options: WHICH_CONSUMER, allowPositionals: true })
    const [url, ...more] = positionals
    if (url === undefined || more.length > 0) throw new UsageError('Say "join URL".')
    const { dataDirectory } = placesOf(values, workingDirectory)
    const { certificate } = await openIdentity(dataDirectory)
    remember(dataDirectory, { url, trusted: null, deviceId: 'unknown', name: hostname() })
    out.write(certificate)
  },
}
