import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ProgramEnd, runProgram } from '../../engine/process/program.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { systemdDouble } from '../testing/systemd-double.ts'
import { type Confines, PROPERTIES } from './transient-unit.ts'
import type { Program } from './write-program.ts'

const UNIT_FILE = join(import.meta.dirname, '../../resources/agent/restore-agent.service')
const CONFINES: Confines = { runId: 'one', writablePaths: ['/srv/a b'], graceMilliseconds: 5000 }

interface Ended extends ProgramEnd {
  readonly told: readonly string[]
  readonly asked: () => string
}

async function runUnderDouble(
  folder: string,
  program: Program,
  more: { readonly signal?: AbortSignal; readonly onStdoutLine?: (line: string) => void } = {},
): Promise<Ended> {
  const systemd = systemdDouble(folder)
  const unit = systemd.asUnit(program, CONFINES)
  const end = await runProgram({ tool: 'unit', secrets: [], ...unit, ...more })
  return { ...end, told: systemd.told(), asked: systemd.asked }
}

const script = (text: string, ...args: string[]): Program => ({
  file: '/bin/sh',
  args: ['-c', text, 'sh', ...args],
  env: {},
})

test('a program in a unit is given its input and its environment, and what it says and its exit code come back', async () => {
  await using directory = temporaryDirectory()
  const program = { ...script('cat; printf %s "$A"; echo bad >&2; exit 3'), env: { A: '$x' }, input: 'mine\n' }
  const end = await runUnderDouble(directory.path, program)
  expect(end).toMatchObject({ exitCode: 3, stdout: 'mine\n$x', stderrTail: 'bad', stopped: false })
})

// @security Restores: systemd is told the paths and limits of a restore’s unit, and nothing of what it runs.
test('systemd is told the paths and the limits, and nothing of the program', async () => {
  await using directory = temporaryDirectory()
  const program = {
    ...script('exit 0 # its words', 'an argument'),
    env: { RESTIC_PASSWORD: 'hidden words' },
    cwd: '/usr',
  }
  const { told } = await runUnderDouble(directory.path, program)
  expect(told).toEqual(
    expect.arrayContaining([
      '--unit=restore-agent-run-one.service',
      '--property=ReadWritePaths="/srv/a b"',
      '--property=TimeoutStopSec=5000ms',
      ...PROPERTIES.map((property) => `--property=${property}`),
    ]),
  )
  expect(told.join('\n')).not.toMatch(/hidden|its words|argument|RESTIC|usr$/m)
})

test('a signal to the program ends the unit by its name, and waits for it', async () => {
  await using directory = temporaryDirectory()
  const stop = new AbortController()
  const program = script('trap "echo heeded; exit 0" TERM; echo on; while :; do sleep 0.05; done')
  const lines: string[] = []
  const end = await runUnderDouble(directory.path, program, {
    signal: stop.signal,
    onStdoutLine: (line) => {
      lines.push(line)
      stop.abort()
    },
  })
  expect(end).toMatchObject({ stopped: true, killed: false })
  expect(lines).toEqual(['on', 'heeded'])
  expect(end.asked()).toContain('stop restore-agent-run-one.service')
})

/** What a restore to its original place may do, and the agent may not; and what the agent has no need of. */
const OWN = [/^CapabilityBoundingSet=/]
const AGENTS_ALONE = [/^(PrivateDevices|ProtectClock|PrivateTmp)=/]

test('a run is confined as the agent is, but for what restores to their original place need', () => {
  const unit = readFileSync(UNIT_FILE, 'utf8').split('\n')
  const strange = PROPERTIES.filter((property) => !unit.includes(property) && !OWN.some((own) => own.test(property)))
  expect(strange).toEqual([])
  const confining = unit.filter((line) => /^(Protect|Private|Restrict|SystemCall|NoNew|Lock|Limit)/.test(line))
  const missing = confining.filter(
    (line) => !PROPERTIES.includes(line) && !AGENTS_ALONE.some((alone) => alone.test(line)),
  )
  expect(missing).toEqual([])
})
