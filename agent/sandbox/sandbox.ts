import { existsSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import { runProgram } from '../../engine/process/program.ts'
import { isPrivileged } from '../host/identity.ts'
import { UNIT_PREFIX } from './transient-unit.ts'

/** There when systemd is the first process of a system (sd_booted(3)). */
const BOOTED = '/run/systemd/system'

/** Why runs are not confined: no systemd, an agent of a user, or one that somebody started by hand. */
export type Unconfined = 'no_systemd' | 'not_root' | 'not_a_service'

/** How runs of this agent are kept from writing elsewhere. */
export type Sandbox = { readonly kind: 'unit' } | { readonly kind: 'none'; readonly reason: Unconfined }

/** What there is on this host for this process. An agent that is no service is not confined itself, and its runs are not. */
export function findSandbox(environment: Readonly<NodeJS.ProcessEnv> = process.env): Sandbox {
  if (process.platform !== 'linux' || !existsSync(BOOTED)) return { kind: 'none', reason: 'no_systemd' }
  if (!isPrivileged()) return { kind: 'none', reason: 'not_root' }
  // systemd.exec(5): it names the very process that was started as a service. The agent in a thread is part of another one.
  const isService = isMainThread && environment['SYSTEMD_EXEC_PID'] === String(process.pid)
  return isService ? { kind: 'unit' } : { kind: 'none', reason: 'not_a_service' }
}

/**
 * End the units that an earlier life of this agent left behind, and wait until they are gone: a unit outlives who asked
 * for it. To be called where one looks for other orphans.
 */
export async function endLeftUnits(sandbox: Sandbox, signal: AbortSignal): Promise<void> {
  if (sandbox.kind === 'none') return
  await runProgram({
    tool: 'systemctl',
    file: '/usr/bin/systemctl',
    args: ['stop', '--quiet', `${UNIT_PREFIX}*.service`],
    env: {},
    secrets: [],
    signal,
  })
}
