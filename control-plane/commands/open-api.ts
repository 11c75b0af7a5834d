import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openApiDocument } from '../api/index.ts'
import type { Command } from '../../engine/command-line/command.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'

const HELP = `restore-control-plane openapi

Print what consumers and operators may ask of a control plane, as an OpenAPI document.
`

export const openApi: Command = {
  help: HELP,
  async run(args, { out }) {
    readArguments({ args: [...args], options: {} })
    await pipeline(Readable.from([`${JSON.stringify(await openApiDocument(), null, 2)}\n`]), out, { end: false })
  },
}
