import { reasonOf } from '../../contract/reasons.ts'
import { describe, expect, it } from 'vitest'
import type { ProgramEnd } from '../process/program.ts'
import { faultOf } from './fault.ts'

const now = new Date('2026-11-21T12:00:00Z')
const ended = (exitCode: number | null, stderrTail: string, more: Partial<ProgramEnd> = {}): ProgramEnd => ({
  exitCode,
  signal: null,
  stopped: false,
  killed: false,
  stdout: '',
  stderrTail,
  ...more,
})
const plain = (end: ProgramEnd) => {
  const { code, data } = faultOf(end, { place: 'backup.example', now })
  return { code, data }
}
const exitError = (code: number, message: string) => JSON.stringify({ message_type: 'exit_error', code, message })

const LOCKED = `unable to create lock in backend: repository is already locked exclusively by PID 4867 on vm by root (UID 0, GID 0)
lock was created at 2026-11-21 02:37:34 (1h2m9.5s ago)
storage ID d989eec0
the \`unlock\` command can be used to remove stale locks`
const MISSING =
  'Fatal: repository does not exist: unable to open config file: stat /x/config: no such file or directory\nIs there a repository at the following location?\n/x'

describe.each([
  ['as JSON, with an exit code of its own (0.18)', (code: number, text: string) => ended(code, exitError(code, text))],
  ['as text, with an exit code of its own (0.17.1)', (code: number, text: string) => ended(code, text)],
  ['as text, with exit code 1 (older)', (_: number, text: string) => ended(1, text)],
])('what restic says %s', (_, say) => {
  it('is a wrong password', () => {
    expect(plain(say(12, 'Fatal: wrong password or no key found'))).toEqual({ code: 'wrong_password', data: {} })
  })
  it('is a repository that is not there', () => {
    expect(plain(say(10, MISSING))).toEqual({ code: 'repository_not_initialised', data: {} })
  })
  it('is a lock, its holder and its age', () => {
    expect(plain(say(11, LOCKED))).toEqual({
      code: 'repository_locked',
      data: { by: 'root@vm (4867)', since: '2026-11-21T10:57:50.500Z' },
    })
  })
  it('is a server that refuses us, though it also names the place', () => {
    const text = `Fatal: unable to open config file: unexpected HTTP response (401): 401 Unauthorized\nIs there a repository at the following location?\nrest:http://h/`
    expect(plain(say(1, text))).toEqual({ code: 'unauthenticated', data: { by: 'backend' } })
  })
})

it('names what the network said', () => {
  const tail = `Stat(<config/>) returned error, retrying after 1.09s: Head "http://:***@h/config": dial tcp: lookup h on 10.0.0.1:53: no such host
${exitError(1, 'Fatal: unable to open config file: context canceled')}`
  const said = 'dial tcp: lookup h on 10.0.0.1:53: no such host'
  const expected = { host: 'backup.example', ...reasonOf('restic_said', { said }) }
  expect(plain(ended(1, tail))).toEqual({ code: 'unreachable', data: expected })
})

it('knows an ssh that cannot connect', () => {
  const tail = `subprocess ssh: ssh: connect to host 127.0.0.1 port 22: Connection refused\n${exitError(1, 'Fatal: unable to open repository: unexpected EOF')}`
  expect(plain(ended(1, tail)).code).toBe('unreachable')
})

it('gives the words of any other failure without the stack behind them', () => {
  const text =
    'invalid data\ngithub.com/restic/restic/internal/x.F\n\tgithub.com/restic/x.go:12\nmain.main\n\t/src/main.go:1'
  expect(plain(ended(1, exitError(1, text)))).toEqual({
    code: 'tool_failed',
    data: { tool: 'restic', exitCode: 1, stderrTail: 'invalid data' },
  })
})

it('says so when there is no reason', () => {
  expect(plain(ended(2, '')).data).toMatchObject({ exitCode: 2, stderrTail: 'It gave no reason.' })
  expect(plain(ended(null, '', { signal: 'SIGKILL' })).data).toMatchObject({ stderrTail: 'It was ended by SIGKILL.' })
})

it('is cancelled when we stopped it, whatever it said', () => {
  const fault = faultOf(ended(130, 'connection refused', { stopped: true }), { place: 'h', now })
  expect(fault.code).toBe('cancelled')
  expect(fault.cause).toMatchObject({ code: 'unreachable' })
})

it('makes something of garbage', () => {
  expect(plain(ended(1, '{"message_type":"exit_error"\n{}\n\u0000\ufffd')).code).toBe('tool_failed')
})
