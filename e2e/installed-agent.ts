import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { agentProgram, serveProgram } from '../agent/testing/agent-program.ts'
import type { Role } from '../contract/procedure.ts'
import { readEnrolment } from '../contract/shapes/enrolment.ts'
import { type CuttingProxy, startCuttingProxy } from '../test/cutting-proxy.ts'
import { findTool } from '../test/tools.ts'

export const WORKSPACE = 'ops'

export interface InstalledAgent extends AsyncDisposable {
  /** The line to it, which a test may break. */
  readonly proxy: CuttingProxy
  readonly port: number
  /** Where restores go by default. */
  readonly stagingDirectory: string
  /** The line that its administrator makes; `seconds` is how long it is good for. */
  enrol(role: Role, seconds?: number): Promise<string>
  /** A command of its administrator; gives what it printed. */
  command(name: string, ...args: readonly string[]): Promise<string>
}

/** `restore-agent serve` on this computer, below a folder of its own, reached over a line of ours. */
export async function installAgent(
  directory: string,
  listen = '127.0.0.1:0',
  workspace = WORKSPACE,
): Promise<InstalledAgent> {
  await using stack = new AsyncDisposableStack()
  const [dataDirectory, stagingDirectory] = [join(directory, 'data'), join(directory, 'staging')]
  for (const folder of [dataDirectory, stagingDirectory]) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const which = ['--data-directory', dataDirectory]
  const places = ['--listen', listen, '--staging-root', stagingDirectory, '--restic', findTool('restic') ?? 'restic']
  stack.use(await serveProgram([...which, ...places]))
  const command = async (name: string, ...args: readonly string[]): Promise<string> => {
    const { code, out, err } = await agentProgram([name, ...which, ...args])
    if (code !== 0) throw new Error(`restore-agent ${name}: ${err}`)
    return out.trim()
  }
  const invite = (role: Role, seconds: number, ...more: readonly string[]): Promise<string> =>
    command('enrol', '--role', role, '--workspace', workspace, '--ttl', `${seconds}s`, ...more)
  const port = listen === 'none' ? 0 : portIn(await invite('viewer', 10))
  const proxy = stack.use(await startCuttingProxy(port))
  const owned = stack.move()
  return {
    proxy,
    port,
    stagingDirectory,
    command,
    enrol: (role, seconds = 900) => invite(role, seconds, '--address', `127.0.0.1:${proxy.port}`),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function portIn(line: string): number {
  return Number(readEnrolment(line)?.address.split(':').at(-1))
}
