import { type Command, UsageError } from '../../engine/command-line/command.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'
import { Ledger } from '../ledger/ledger.ts'
import { ledgerOf } from '../places.ts'
import { placesOf, WHICH_CONSUMER, WHICH_CONSUMER_HELP } from './places-flags.ts'
import { statusOf } from './status.ts'

const OPTIONS = { ...WHICH_CONSUMER, json: { type: 'boolean', default: false } } as const

export const status: Command = {
  help: `restore-consumer status: what is proven, and what is not

Options:
  --json                 an object a line
${WHICH_CONSUMER_HELP}`,
  async run(args, { workingDirectory, out }) {
    const { values } = readArguments({ args: [...args], options: OPTIONS })
    const lines = statusOf(placesOf(values, workingDirectory), new Date())
    if (values.json) return void out.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    if (lines.length === 0) out.write('There is nothing to restore: the worklist was empty, or never fetched.\n')
    for (const { name, type, intent, state, snapshot, verifiedAt, error } of lines) {
      const proven = verifiedAt === null ? 'never proven' : `proven ${verifiedAt}`
      out.write(`${name}  ${type}  ${intent}  ${snapshot?.slice(0, 8) ?? 'no backup'}  ${state}  ${proven}\n`)
      if (error !== null) out.write(`${error.replaceAll(/^/gm, '    ')}\n`)
    }
  },
}

export const verifyNow: Command = {
  help: `restore-consumer verify-now NAME: restore one again, also where it was verified

Options:
${WHICH_CONSUMER_HELP}`,
  async run(args, { workingDirectory, out }) {
    const { values, positionals } = readArguments({ args: [...args], options: WHICH_CONSUMER, allowPositionals: true })
    const [name, ...more] = positionals
    if (name === undefined || more.length > 0) throw new UsageError('Say "verify-now NAME".')
    const places = placesOf(values, workingDirectory)
    const named = statusOf(places, new Date()).filter((line) => line.name === name || line.key === name)
    if (named.length === 0) throw new UsageError(`No replica is called ${name}. "restore-consumer status" lists them.`)
    using ledger = new Ledger(ledgerOf(places))
    for (const { key } of named) ledger.force(key)
    out.write(`${named.length} to be restored again; a consumer that runs begins within a second.\n`)
  },
}
