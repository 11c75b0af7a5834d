import { readFileSync } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isFault } from '../../contract/errors.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type ProgramRequest, runProgram } from './program.ts'

const shell = (script: string, more: Partial<ProgramRequest> = {}) =>
  runProgram({
    tool: 'sh',
    file: '/bin/sh',
    args: ['-c', script],
    env: { PATH: '/usr/bin:/bin' },
    secrets: [],
    ...more,
  })

/** A process that has ended stays a zombie until its parent, here the machine's init, takes note. */
function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

describe('a program', () => {
  it('answers with what it printed and how it ended, whatever its exit code', async () => {
    const end = await shell('echo out; echo err >&2; exit 7')
    expect(end).toEqual({
      exitCode: 7,
      signal: null,
      stopped: false,
      killed: false,
      stdout: 'out\n',
      stderrTail: 'err',
    })
  })

  // @security Secrets: A program has no environment but the one that it is given.
  it('has no environment but the one it is given', async () => {
    const end = await shell('env', { env: { ONLY: 'this' }, file: '/bin/sh' })
    const names = end.stdout.split('\n').map((line) => line.split('=')[0])
    expect(names).toContain('ONLY')
    expect(names).not.toContain('HOME')
  })

  it('says why it could not be started', async () => {
    const more = 'x'.repeat(3_000_000)
    await expect(shell('true', { args: ['-c', 'true', more] })).rejects.toMatchObject({
      code: 'tool_failed',
      data: { tool: 'sh', exitCode: null, stderrTail: expect.stringContaining('E2BIG') },
    })
  })

  it('is given its input', async () => {
    expect((await shell('cat', { input: 'said' })).stdout).toBe('said')
  })

  it('is read line by line, also the last line without an end', async () => {
    const lines: string[] = []
    const script = 'printf "one\\ntw"; sleep 0.05; printf "o\\r\\n\\nthree"'
    const end = await shell(script, { onStdoutLine: (line) => lines.push(line) })
    expect(lines).toEqual(['one', 'two', '', 'three'])
    expect(end.stdout).toBe('')
  })

  it('is read to the end however much it prints, with a bounded tail of its errors', async () => {
    let count = 0
    const end = await shell('seq 300000; seq 300000 >&2', { onStdoutLine: () => (count += 1) })
    expect(count).toBe(300_000)
    expect(end.stderrTail.length).toBeLessThanOrEqual(8 * 1024)
    expect(end.stderrTail.endsWith('\n299999\n300000')).toBe(true)
  })

  it('may print garbage and lines without end', async () => {
    const lengths: number[] = []
    const end = await shell('head -c 3000000 /dev/zero; head -c 100000 /dev/urandom >&2', {
      onStdoutLine: (line) => lengths.push(line.length),
    })
    expect(lengths).toEqual([1024 * 1024])
    expect(end.exitCode).toBe(0)
  })

  it('gives its bytes unchanged where bytes are wanted', async () => {
    const chunks: Uint8Array[] = []
    await shell("printf '\\377\\000\\n'", { onStdoutBytes: (chunk) => chunks.push(chunk) })
    expect(Buffer.concat(chunks)).toEqual(Buffer.from([0xff, 0, 10]))
  })
})

describe('secrets', () => {
  const secret = 'p@ss "wörd"'
  // @security Secrets: Secrets given to a program are in no line that is passed on of what it prints, in any spelling.
  it('are in no line and no tail, in any spelling', async () => {
    const lines: string[] = []
    const end = await shell('echo "key $SECRET"; echo "at http://u:$ENCODED@host/ and http://me:other@host" >&2', {
      env: { PATH: '/usr/bin:/bin', SECRET: secret, ENCODED: encodeURIComponent(secret) },
      secrets: [secret, ''],
      onStdoutLine: (line) => lines.push(line),
    })
    expect(lines).toEqual(['key ***'])
    expect(end.stderrTail).toBe('at http://***@host/ and http://***@host')
  })

  it('do not change a message that is meant for a parser', async () => {
    const lines: string[] = []
    const message = '{"item":"/home/alice"}'
    await shell(`echo '${message}'`, { secrets: ['alice'], onStdoutLine: (line) => lines.push(line) })
    expect(lines).toEqual([message])
  })
})

describe('stopping a program', () => {
  it('is a request first', async () => {
    const stop = new AbortController()
    const end = await shell('trap "echo bye; exit 130" TERM; echo ready; while :; do sleep 0.02; done', {
      signal: stop.signal,
      onStdoutLine: (line) => line === 'ready' && stop.abort(),
    })
    expect(end).toMatchObject({ exitCode: 130, stopped: true, killed: false })
  })

  it('is SIGKILL after the grace, and its children go with it', async () => {
    const stop = new AbortController()
    let child = 0
    const end = await shell('trap "" TERM; sleep 600 & echo $!; while :; do sleep 0.02; done', {
      signal: stop.signal,
      graceMilliseconds: 200,
      onStdoutLine: (line) => {
        child = Number(line)
        stop.abort()
      },
    })
    expect(end).toMatchObject({ signal: 'SIGKILL', stopped: true, killed: true })
    expect(child).toBeGreaterThan(0)
    await expect.poll(() => isAlive(child)).toBe(false)
  })

  it('before it began means that it never begins', async () => {
    const end = await shell('echo ran', { signal: AbortSignal.abort() })
    expect(end).toMatchObject({ stopped: true, exitCode: null, stdout: '' })
  })

  it('happens when its reader throws, and the error is thrown', async () => {
    const began = performance.now()
    const reading = shell('echo one; sleep 600', {
      onStdoutLine: () => {
        throw new Error('cannot read this')
      },
    })
    await expect(reading).rejects.toThrow('cannot read this')
    expect(performance.now() - began).toBeLessThan(30_000)
  })
})

describe('a program that cannot run', () => {
  it('is missing when it is not there', async () => {
    const running = shell('', { file: '/nowhere/restic', tool: 'restic', wanted: '1.2.3' })
    await expect(running).rejects.toMatchObject({
      code: 'tool_missing',
      data: { tool: 'restic', wanted: '1.2.3', found: null },
    })
  })

  it('is missing when it may not be executed', async () => {
    await using directory = temporaryDirectory()
    const file = join(directory.path, 'restic')
    await writeFile(file, '#!/bin/sh\n')
    await chmod(file, 0o600)
    await expect(shell('', { file })).rejects.toSatisfy((error) => isFault(error, 'tool_missing'))
  })
})
