import { implement } from '@orpc/server'
import { agentContract } from '../../contract/agent/index.ts'
import { Fault } from '../../contract/errors.ts'
import { lacks } from '../../contract/procedure.ts'
import type { Connection } from '../connection.ts'

/**
 * The agent's contract, to be implemented: every call is first held against what its connection was granted. What a
 * procedure needs stands in the contract, so a new one cannot be forgotten here. Throws `forbidden`.
 */
export const agent = implement(agentContract)
  .$context<Connection>()
  .use(({ context, procedure, next }) => {
    const needs = lacks(context, procedure['~orpc'].meta)
    if (needs !== null) throw new Fault('forbidden', { needs })
    return next()
  })

/** The caller's signal; one that never aborts where the wire gave none. */
export function heed(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal
}
