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
    out.write(`${JSON.stringify(await openApiDocument(), null, 2)}\n`)
  },
}
