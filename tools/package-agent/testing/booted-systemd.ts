import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'

const WANTED = ['/lib/systemd/systemd', '/usr/bin/unshare', '/usr/bin/nsenter', '/usr/bin/dbus-daemon']

/** How a program ended that was run under it. */
export interface EndedThere {
  readonly exitCode: number | null
  readonly out: string
  readonly said: string
}

/** A systemd of its own, which has nothing to do with the one that may run this machine. */
export interface BootedSystemd extends AsyncDisposable {
  /** A command as it is to be started here so that it runs there. */
  there(...command: readonly string[]): readonly [file: string, ...args: string[]]
  /** Run a command there, whatever its exit code. */
  run(command: readonly string[], input?: string): Promise<EndedThere>
  /** The same for one that must end with exit code 0; answers its output. */
  ask(...command: readonly string[]): Promise<string>
}

/** Why no systemd can be booted here; undefined where one can. */
export function whyNoSystemd(): string | undefined {
  if (process.platform !== 'linux') return 'this is not Linux'
  if (process.getuid?.() !== 0) return 'this is not root'
  // The two would take each other's control groups.
  if (readFileSync('/proc/1/comm', 'utf8').trim() === 'systemd') return 'systemd runs this machine'
  const missing = WANTED.find((path) => !existsSync(path))
  if (missing !== undefined) return `${missing} is not here`
  if (groupsMount() === undefined) return 'there are no control groups of version 2'
  try {
    execFileSync('unshare', ['--mount', '--pid', '--fork', '--net', '--cgroup', 'true'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'namespaces are not allowed here'
  }
}

/**
 * Boot one, in about a second. `directory` is seen by both sides under the same name; /etc, /opt, /srv, /usr/local and
 * /var are as here, and what is written to them there is gone with it.
 */
export async function bootSystemd(directory: string): Promise<BootedSystemd> {
  await using building = new AsyncDisposableStack()
  const ready = join(directory, 'ready')
  writeUnits(join(directory, 'units'), ready)
  execFileSync('mkfifo', [ready])
  const group = join(groupsMount() ?? '', `restore-console-test-${crypto.randomUUID()}`)
  mkdirSync(group)
  building.defer(() => removeGroups(group))

  const child = spawn('sh', [join(import.meta.dirname, 'boot-systemd.sh'), directory, group], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const closed = once(child, 'close')
  const said = text(child.stderr)
  building.defer(async () => {
    // With the first process of a namespace the kernel ends all others, and only then is it gone.
    const first = firstOf(child.pid)
    if (first !== undefined) process.kill(first, 'SIGKILL')
    await closed
  })
  const isUp = await Promise.race([readFile(ready).then(() => true), closed.then(() => false)])
  if (!isUp) throw new Error(`systemd did not start: ${await said}`)

  const enter = ['--mount', '--uts', '--ipc', '--net', '--cgroup', '--pid', `--target=${firstOf(child.pid)}`, '--']
  const there: BootedSystemd['there'] = (...command) => ['nsenter', ...enter, ...command]
  const run: BootedSystemd['run'] = (command, input = '') => runHere(there(...command), input)
  const resources = building.move()
  return {
    there,
    run,
    async ask(...command) {
      const ended = await run(command)
      if (ended.exitCode === 0) return ended.out
      throw new Error(`${command.join(' ')} ended with ${ended.exitCode}: ${ended.out}${ended.said}`)
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

async function runHere([file, ...args]: readonly [string, ...string[]], input: string): Promise<EndedThere> {
  const child = spawn(file, args, { stdio: 'pipe' })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const closed = once(child, 'close')
  const [out, said] = await Promise.all([buffer(child.stdout), buffer(child.stderr), closed])
  return { exitCode: child.exitCode, out: out.toString('utf8'), said: said.toString('utf8') }
}

/** What a system must have for services to be started and systemd to be asked. */
function writeUnits(folder: string, ready: string): void {
  mkdirSync(folder)
  const targets = ['sysinit', 'basic', 'shutdown', 'umount', 'final', 'multi-user', 'network-online', 'time-sync']
  for (const name of targets) writeFileSync(join(folder, `${name}.target`), `[Unit]\nDescription=${name}\n`)
  writeFileSync(join(folder, 'booted.target'), '[Unit]\nWants=dbus.socket ready.service\nAllowIsolate=yes\n')
  writeFileSync(
    join(folder, 'ready.service'),
    `[Unit]\nAfter=dbus.socket\n[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo >${ready}'\n`,
  )
  writeFileSync(join(folder, 'dbus.socket'), '[Socket]\nListenStream=/run/dbus/system_bus_socket\n')
  writeFileSync(
    join(folder, 'dbus.service'),
    '[Service]\nType=notify\nExecStart=/usr/bin/dbus-daemon --system --address=systemd: --nofork --nopidfile --systemd-activation\n',
  )
}

/** The process that `unshare` waits for. */
function firstOf(processId: number | undefined): number | undefined {
  const children = readFileSync(`/proc/${processId}/task/${processId}/children`, 'utf8').trim()
  return children === '' ? undefined : Number(children)
}

/** Where the control groups of version 2 are, whether alone or beside those of version 1. */
function groupsMount(): string | undefined {
  return /^\S+ (\/sys\/fs\/cgroup\S*) cgroup2 /m.exec(readFileSync('/proc/self/mounts', 'utf8'))?.[1]
}

function removeGroups(group: string): void {
  for (const entry of readdirSync(group, { withFileTypes: true })) {
    if (entry.isDirectory()) removeGroups(join(group, entry.name))
  }
  rmdirSync(group)
}
