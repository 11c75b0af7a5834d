import { implement } from '@orpc/server'
import { consoleContract } from '../../contract/console/index.ts'
import { Fault } from '../../contract/errors.ts'
import { type Grant, lacks } from '../../contract/procedure.ts'
import type { Workspace } from '../../contract/shapes/workspace.ts'

/** Who was let in at a front door. */
export interface Caller extends Grant {
  /** The door they came through, in words for the audit. */
  readonly origin: string
}

/** The workspace that a connection works in. */
export interface OwnWorkspace {
  /** What lists and streams are narrowed to. Whoever asks first settles it. */
  readonly id: string
  /** Throws `not_found`, `conflict` (`workspace_entered`). */
  enter(workspaceId: string): Workspace
  /** Throws `forbidden` (`workspace`) where an input names a host, what is on one, or a control plane, of another workspace. */
  requireOwn(call: string, input: unknown): void
}

/** Who is on the other end of a connection; given once, when it is made. */
export interface ConsoleContext extends Caller {
  readonly workspace: OwnWorkspace
}

/**
 * What every noun's handlers are made with: the contract, and the one place where is checked what a caller names and
 * what role it has. A call that takes no id narrows what it gives to `context.workspace.id`.
 */
export const os = implement(consoleContract)
  .$context<ConsoleContext>()
  .use(({ context, path, procedure, next }, input) => {
    context.workspace.requireOwn(path.join('.'), input)
    const needs = lacks(context, procedure['~orpc'].meta)
    if (needs !== null) throw new Fault('forbidden', { needs })
    return next()
  })
