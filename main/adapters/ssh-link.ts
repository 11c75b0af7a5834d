import { once } from 'node:events'
import { execa, type ResultPromise } from 'execa'
import { reasonOf } from '../../contract/reasons.ts'
import { type LinkTimes, USUAL_LINK_TIMES } from '../../contract/shapes/link-times.ts'
import { pipePort } from '../../contract/wire/pipe-port.ts'
import type { Port } from '../../contract/wire/port.ts'
import { type AgentPort, LinkFailure } from '../services/hosts/index.ts'
import { sshFailure } from './ssh-link/ssh-failure.ts'

/** How often ssh asks whether the other side is there before it takes it for gone. */
const ASKED = 3

/** ssh must neither ask nor forward anything, and must notice when the other side is gone (ssh_config(5)). */
function optionsFor({ reachWithin, awayAfter }: LinkTimes): string[] {
  const settings = [
    'BatchMode=yes',
    `ConnectTimeout=${reachWithin}`,
    `ServerAliveInterval=${Math.ceil(awayAfter / ASKED)}`,
    `ServerAliveCountMax=${ASKED}`,
    'ClearAllForwardings=yes',
    'PermitLocalCommand=no',
  ]
  return ['-T', '-a', '-x', ...settings.flatMap((setting) => ['-o', setting])]
}

/** Milliseconds for the agent to go by itself once its input has ended, and then for ssh to heed a signal. */
const GRACE = 2000
/** Characters of what ssh says that are kept, to say why it ended. */
const TAIL = 8192

/**
 * The way to agents through this computer's `ssh`, which logs in as its user and its configuration would. That ssh has
 * begun is all that is known when a port is there: whether it gets through shows with the first answer, or when the
 * port closes and says why. Throws `LinkFailure` (`no_ssh`).
 */
export function sshDoor(program = 'ssh'): (destination: string, times?: LinkTimes) => Promise<AgentPort> {
  return async (destination, times = USUAL_LINK_TIMES) => {
    const child = execa(program, [...optionsFor(times), '--', destination, 'restore-agent', 'stdio'], PIPES)
    try {
      await once(child.nodeChildProcess, 'spawn')
    } catch (cause) {
      throw new LinkFailure('no_ssh', reasonOf('ssh_absent'), { cause })
    }
    return new SshPort(child, destination)
  }
}

const PIPES = {
  stdin: 'pipe',
  stdout: 'pipe',
  stderr: 'pipe',
  buffer: false,
  reject: false,
  forceKillAfterDelay: GRACE,
} as const

class SshPort implements AgentPort {
  readonly #child: ResultPromise<typeof PIPES>
  readonly #inner: Port
  readonly #closes = new Set<(reason: string) => void>()
  #failure: LinkFailure | undefined
  #closedFor: string | undefined
  #said = ''

  constructor(child: ResultPromise<typeof PIPES>, destination: string) {
    this.#child = child
    this.#inner = pipePort(child.stdout, child.stdin)
    // Its reason is what ssh says at its end, which comes a little later.
    this.#inner.onClose(() => this.#endSoon())
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-TAIL)
    })
    void child.then(({ exitCode }) => {
      this.#failure = sshFailure({ destination, exitCode: exitCode ?? null, said: this.#said })
      this.#end(this.#failure.message)
    })
  }

  send(frame: string): void {
    this.#inner.send(frame)
  }

  onFrame(listener: (frame: string) => void): void {
    let begun = false
    this.#inner.onFrame((frame) => {
      // A login may print something before the agent is there.
      begun ||= frame.startsWith('{')
      if (begun && this.#closedFor === undefined) listener(frame)
    })
  }

  onBytes(listener: () => void): void {
    this.#child.stdout.on('data', listener)
  }

  onClose(listener: (reason: string) => void): void {
    if (this.#closedFor !== undefined) listener(this.#closedFor)
    this.#closes.add(listener)
  }

  close(reason: string): void {
    this.#end(reason)
    this.#inner.close(reason)
  }

  async ready(): Promise<void> {
    await this.#inner.ready?.()
  }

  failure(): LinkFailure | undefined {
    return this.#failure
  }

  #end(reason: string): void {
    if (this.#closedFor !== undefined) return
    this.#closedFor = reason
    for (const listener of this.#closes) listener(reason)
  }

  /** Its input has ended, at which an agent goes by itself; where it does not, or the line is dead, ssh is ended. */
  #endSoon(): void {
    const timer = setTimeout(() => this.#child.kill(), GRACE)
    void this.#child.then(() => clearTimeout(timer))
  }
}
