import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { PlaneDoors } from './control-plane.ts'

const ENTRY = join(import.meta.dirname, '..', 'control-plane', 'index.ts')
const PATIENCE = 20_000

export interface PlaneProcess extends PlaneDoors, AsyncDisposable {
  readonly child: ChildProcess
  /** What it has written to standard error so far. */
  output(): string
  /** End it with a signal; resolves with its exit code, null when the signal itself ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly errors: string
}

/** Run a command of the control plane's to its end. */
export async function runPlaneCommand(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawnPlane(args, environment)
  let [out, errors] = ['', '']
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, errors }
}

/** A stand-alone control plane in a process of its own, on free ports of loopback. */
export async function startPlaneProcess(directory: string, args: readonly string[] = []): Promise<PlaneProcess> {
  const ports = ['--listen', '127.0.0.1:0', '--operator-listen', '127.0.0.1:0']
  const child = spawnPlane(['serve', '--data-dir', directory, ...ports, ...args])
  let output = ''
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [consumerUrl, operatorUrl] = await addressesIn(child, () => output)
  const read = (name: string): string => readFileSync(join(directory, name), 'utf8').trim()
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
    return child.exitCode
  }
  return {
    child,
    consumerUrl,
    operatorUrl,
    token: read('operator.token'),
    certificate: read('certificate.pem'),
    output: () => output,
    end,
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  }
}

function spawnPlane(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [ENTRY, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function addressesIn(
  child: ChildProcess,
  output: () => string,
): Promise<readonly [consumers: string, operators: string]> {
  const said = /for consumers at (\S+) and for operators at (\S+);/
  for (let waited = 0; waited < PATIENCE && child.exitCode === null; waited += 20) {
    const [, consumers, operators] = said.exec(output()) ?? []
    if (consumers !== undefined && operators !== undefined) return [consumers, operators]
    await pause(20)
  }
  child.kill('SIGKILL')
  throw new Error(`the control plane did not start: ${output()}`)
}
