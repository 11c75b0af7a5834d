import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { findTool } from './tools.ts'

const AGENT = join(import.meta.dirname, '..', 'agent', 'index.ts')

export interface SshServer extends AsyncDisposable {
  /** Takes ssh's place: the same, with a configuration that knows this server as `box`, and as `stranger` without its key. */
  readonly program: string
  /** Give the server another key, and knock out whoever is connected. */
  changeHostKey(): Promise<void>
  /** End every connection. */
  cut(): void
}

/**
 * A real sshd on loopback, for keys alone, as whoever runs the tests. Who logs in finds a `restore-agent` that keeps its
 * data below `directory`.
 */
export async function startSshServer(directory: string): Promise<SshServer> {
  const sshd = findTool('sshd')
  if (sshd === undefined) throw new Error('sshd not found')
  const path = (name: string): string => join(directory, name)
  const port = await freePort()
  for (const name of ['host', 'user']) makeKey(path(name))
  mkdirSync(path('bin'))
  const run = `exec '${process.execPath}' '${AGENT}' "$@" --data-directory '${path('data')}'`
  writeFileSync(path('bin/restore-agent'), `#!/bin/sh\n${run}\n`, { mode: 0o755 })
  writeFileSync(path('sshd_config'), serverConfiguration({ path, port }))
  writeFileSync(path('known_hosts'), `[127.0.0.1]:${port} ${publicKey(path('host'))}\n`)
  writeFileSync(path('ssh_config'), clientConfiguration({ path, port }))
  writeFileSync(path('ssh'), `#!/bin/sh\nexec ssh -F '${path('ssh_config')}' "$@"\n`, { mode: 0o755 })
  // Started as root, it wants this folder for those it has not let in yet.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true })

  let server = await start(sshd, path('sshd_config'))
  const stop = async (): Promise<void> => {
    const ended = once(server, 'exit')
    cut()
    server.kill()
    await ended
  }
  /** Every connection has a process of its own, whose parent is the server. */
  function cut(): void {
    const children = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8')
    for (const pid of children.split(' ').filter((text) => text !== '')) process.kill(Number(pid))
  }
  return {
    program: path('ssh'),
    cut,
    async changeHostKey() {
      await stop()
      makeKey(path('host-2'))
      writeFileSync(path('sshd_config'), serverConfiguration({ path, port, hostKey: 'host-2' }))
      server = await start(sshd, path('sshd_config'))
    },
    [Symbol.asyncDispose]: stop,
  }
}

function makeKey(file: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
}

function publicKey(file: string): string {
  return execFileSync('ssh-keygen', ['-y', '-f', file], { encoding: 'utf8' }).split(' ').slice(0, 2).join(' ').trim()
}

interface Places {
  readonly path: (name: string) => string
  readonly port: number
  readonly hostKey?: string
}

function serverConfiguration({ path, port, hostKey = 'host' }: Places): string {
  return `ListenAddress 127.0.0.1:${port}
HostKey ${path(hostKey)}
PidFile none
AuthorizedKeysFile ${path('user.pub')}
AuthenticationMethods publickey
PermitRootLogin prohibit-password
UsePAM no
StrictModes no
SetEnv PATH=${path('bin')}:/usr/bin:/bin
`
}

function clientConfiguration({ path, port }: Places): string {
  return `Host box stranger
  HostName 127.0.0.1
  Port ${port}
  User ${userInfo().username}
  IdentitiesOnly yes
  IdentityAgent none
  StrictHostKeyChecking ask
Host box
  IdentityFile ${path('user')}
  UserKnownHostsFile ${path('known_hosts')}
Host stranger
  IdentityFile ${path('user')}
  UserKnownHostsFile ${path('known_hosts_of_nobody')}
`
}

/** In the foreground, so that it ends with whoever started it. */
async function start(sshd: string, configuration: string) {
  const child = spawn(sshd, ['-D', '-e', '-f', configuration], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  const listening = new Promise<void>((resolve) => {
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString('utf8')
      if (said.includes('Server listening')) resolve()
    })
  })
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`sshd ended: ${said}`)))
  await Promise.race([listening, ended])
  ended.catch(() => undefined)
  return child
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return address.port
}
