import { implement } from '@orpc/server'
import { consoleContract } from '../../contract/console/index.ts'
import { Fault } from '../../contract/errors.ts'
import { type Grant, lacks } from '../../contract/procedure.ts'

/** Who is on the other end of a connection; given once, when it is made. */
export interface ConsoleContext extends Grant {
  /** The door they came through, in words for the audit. */
  readonly origin: string
}

/** What every noun's handlers are made with: the contract, and the one place where a caller's role is checked. */
export const os = implement(consoleContract)
  .$context<ConsoleContext>()
  .use(({ context, procedure, next }) => {
    const needs = lacks(context, procedure['~orpc'].meta)
    if (needs !== null) throw new Fault('forbidden', { needs })
    return next()
  })
