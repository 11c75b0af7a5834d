import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeProgram } from './write-program.ts'

const SCRIPT = join(import.meta.dirname, 'start-program.sh')
const SHELLS = ['/bin/sh', '/bin/bash'].filter((path) => existsSync(path))

/** Prints what it was given as JSON: arguments, two variables, where it is, and its standard input. */
const WITNESS = `
  let input = ''
  process.stdin.on('data', (chunk) => { input += chunk })
  process.stdin.on('end', () => {
    const { A, EMPTY } = process.env
    process.stdout.write(JSON.stringify({ args: process.argv.slice(1), A, EMPTY, folder: process.cwd(), input }))
  })
`

const HOSTILE = [
  'plain',
  '',
  ' two  words ',
  'line\nand line\n\n',
  '\n',
  '$HOME ${HOME} $(id) `id`',
  'back\\slash \\n',
  `'"`,
  '%n %%',
  '-n',
  'é\u{1f600}',
]

describe.each(SHELLS)('what %s starts', (shell) => {
  test('is what was written, byte by byte', () => {
    const program = {
      file: process.execPath,
      args: ['-e', WITNESS, '--', ...HOSTILE],
      cwd: '/usr',
      env: { A: HOSTILE.join('|'), EMPTY: '' },
      input: 'its own\n input',
    }
    const out = execFileSync('/usr/bin/env', ['-i', shell, SCRIPT], { input: writeProgram(program) })
    expect(JSON.parse(out.toString('utf8'))).toEqual({
      args: HOSTILE,
      A: program.env.A,
      EMPTY: '',
      folder: '/usr',
      input: program.input,
    })
  })

  test('is nothing where the words break off', () => {
    const written = writeProgram({ file: '/bin/echo', args: ['started'], env: {} })
    const half = written.subarray(0, -4)
    expect(() => execFileSync(shell, [SCRIPT], { input: half, stdio: 'pipe' })).toThrow()
  })
})

test.each([{ env: { 'A B': '' } }, { env: { _text: '' } }, { args: ['a\0b'] }])(
  'what a shell cannot hand on is refused: %j',
  (part) => {
    expect(() => writeProgram({ file: '/bin/true', args: [], env: {}, ...part })).toThrow(RangeError)
  },
)
