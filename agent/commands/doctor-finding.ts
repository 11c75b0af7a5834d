import type { Configuration } from '../configuration/configuration.ts'
import type { Surroundings } from '../../engine/command-line/command.ts'

/** What a check has found. `warn` is worth a look, `fail` keeps the agent from its work. */
export interface Finding {
  readonly state: 'ok' | 'warn' | 'fail'
  readonly says: string
  /** The next step; empty where there is none to take. */
  readonly todo: string
}

export interface DoctorContext extends Pick<Surroundings, 'environment'> {
  readonly configuration: Configuration
}

/** Looks at one thing, or several of a kind. An error that it throws is what it has found. */
export type Check = (context: DoctorContext) => Promise<readonly Finding[]>

export function ok(says: string): Finding {
  return { state: 'ok', says, todo: '' }
}

export function warn(says: string, todo = ''): Finding {
  return { state: 'warn', says, todo }
}

export function fail(says: string, todo = ''): Finding {
  return { state: 'fail', says, todo }
}
