import { join } from 'node:path'
import { writablePath } from './writable-path.ts'
import { type Program, writeProgram } from './write-program.ts'

/** What a run may do besides reading. */
export interface Confines {
  readonly runId: string
  /** All that may be written to, each with what is below it; it must be there. Nothing else can be. */
  readonly writablePaths: readonly string[]
  /** Between SIGTERM and SIGKILL, as for the program itself. */
  readonly graceMilliseconds: number
}

/** `asTransientUnit`, but in tests. */
export type AsUnit = (program: Program, confines: Confines) => Program

/** What all of them are called; the rest is the run's id. */
export const UNIT_PREFIX = 'restore-agent-run-'

/**
 * As in resources/agent/restore-agent.service, which says why, but for this: a restore to where things were gives them
 * all that they had, so it may set bits (FSETID) and capabilities (SETFCAP) of programs and make devices (MKNOD). Neither
 * PrivateDevices nor ProtectClock, which would forbid devices; nor PrivateTmp, below which a target may be.
 */
export const PROPERTIES: readonly string[] = [
  'ProtectSystem=strict',
  'ProtectHome=read-only',
  'CapabilityBoundingSet=CAP_DAC_READ_SEARCH CAP_DAC_OVERRIDE CAP_CHOWN CAP_FOWNER CAP_FSETID CAP_SETFCAP CAP_MKNOD',
  'NoNewPrivileges=yes',
  'KillMode=mixed',
  'LockPersonality=yes',
  'RestrictRealtime=yes',
  'RestrictNamespaces=yes',
  'PrivateMounts=yes',
  'ProtectControlGroups=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
  'ProtectProc=invisible',
  'ProcSubset=pid',
  'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX',
  'SystemCallArchitectures=native',
  'SystemCallFilter=@system-service',
  'SystemCallFilter=~@keyring @memlock @setuid @resources',
  'SystemCallErrorNumber=EPERM',
  'UMask=0077',
  'LimitNOFILE=65536',
  'LimitCORE=0',
]

const SCRIPTS = import.meta.dirname
/** systemd-run and systemctl are looked for here and nowhere else. */
const PATH = '/usr/bin:/bin'

/**
 * The same program as a unit of its own (systemd-run(1), systemd.exec(5)), which may write to the given paths alone.
 * Nothing of the program stands in the unit or in an argument: it goes through standard input. SIGTERM ends the unit.
 * Throws what `writablePath` and `writeProgram` throw.
 */
export function asTransientUnit(program: Program, { runId, writablePaths, graceMilliseconds }: Confines): Program {
  const properties = [...PROPERTIES, `TimeoutStopSec=${graceMilliseconds}ms`, ...writablePaths.map(writablePath)].map(
    (property) => `--property=${property}`,
  )
  const how = ['--pipe', '--wait', '--collect', '--quiet', '--service-type=exec', `--description=Run ${runId}`]
  // systemd puts variables in place of what begins with a dollar sign, here as in a unit's file.
  const starter = join(SCRIPTS, 'start-program.sh').replaceAll('$', '$$$$')
  const inside = ['/usr/bin/env', '-i', '/bin/sh', starter]
  const unit = `${UNIT_PREFIX}${runId}.service`
  return {
    file: '/bin/sh',
    args: [join(SCRIPTS, 'run-in-unit.sh'), unit, ...how, ...properties, '--', ...inside],
    env: { PATH },
    input: writeProgram(program),
  }
}
