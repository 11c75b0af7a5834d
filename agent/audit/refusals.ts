import type { Connection } from '../connection.ts'
import type { Logger } from '../../engine/logging/logger.ts'
import type { AuditLog, AuditSubject } from './audit-log.ts'

/** Milliseconds. */
const SPAN = 60_000
/** Kinds of refusals of one caller that are written down each within that time. */
const KINDS = 20

export interface Refusal {
  /** As the contract names it: `restore.start`. */
  readonly call: string
  /** What the caller lacks. */
  readonly needs: string
  /** What an entry of its own says, where more is known than the call. */
  readonly subject?: AuditSubject
}

/** What one caller was refused within a minute. */
interface Minute {
  readonly by: Connection
  readonly kinds: Set<string>
  /** By call, how many were not written down. */
  readonly more: Map<string, number>
  readonly over: NodeJS.Timeout
}

/**
 * Writes down what callers were refused for the want of a role, a permission or a workspace: the first of each kind by
 * each caller within a minute, and when the minute is over how many more there were, so that nobody fills the journal
 * by knocking.
 */
export class Refusals implements Disposable {
  readonly #audit: AuditLog
  readonly #logger: Logger
  readonly #minutes = new Map<string, Minute>()

  constructor({ audit, logger }: { readonly audit: AuditLog; readonly logger: Logger }) {
    this.#audit = audit
    this.#logger = logger
  }

  /** Best effort: with a disk that is full the caller is refused all the same. */
  note(by: Connection, { call, needs, subject }: Refusal): void {
    const { kinds, more } = this.#minuteOf(by)
    const kind = [call, needs, subject?.summary].join('\n')
    if (kinds.has(kind) || kinds.size >= KINDS) {
      more.set(call, (more.get(call) ?? 0) + 1)
      return
    }
    kinds.add(kind)
    this.#write(by, subject ?? { action: 'call.refused', summary: `${call}, ${wantOf(by, needs)}` })
  }

  [Symbol.dispose](): void {
    for (const caller of this.#minutes.keys()) this.#end(caller)
  }

  #minuteOf(by: Connection): Minute {
    const caller = JSON.stringify([by.peer, by.workspace])
    const known = this.#minutes.get(caller)
    if (known !== undefined) return known
    const over = setTimeout(() => this.#end(caller), SPAN).unref()
    const minute = { by, kinds: new Set<string>(), more: new Map<string, number>(), over }
    this.#minutes.set(caller, minute)
    return minute
  }

  #end(caller: string): void {
    const minute = this.#minutes.get(caller)
    if (minute === undefined) return
    this.#minutes.delete(caller)
    clearTimeout(minute.over)
    const { by, more } = minute
    if (more.size === 0) return
    const total = [...more.values()].reduce((sum, count) => sum + count, 0)
    const each = [...more].map(([call, count]) => `${call} ${count}`).join(', ')
    this.#write(by, { action: 'call.refused', summary: `${total} more within a minute: ${each}` })
  }

  #write(by: Connection, subject: AuditSubject): void {
    try {
      this.#audit.refuse(by, subject)
    } catch (error) {
      this.#logger.error('refusal.unwritten', { by: by.peer, error })
    }
  }
}

function wantOf({ workspace, role }: Connection, needs: string): string {
  return needs === 'workspace' ? `for the workspace ${workspace ?? ''}` : `which needs ${needs}, as ${role}`
}
