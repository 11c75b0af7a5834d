import { implement } from '@orpc/server'
import { consoleContract } from '../../../contract/console/index.ts'
import { onHost } from '../../../contract/console/on-host.ts'
import { isFault } from '../../../contract/errors.ts'
import { lacks } from '../../../contract/procedure.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import { previewInputSchema } from '../../../contract/shapes/preview.ts'
import type { ConsoleContext } from '../console.ts'
import type { AuditService, Deed } from './audit-service.ts'

/** Milliseconds. */
const SPAN = 60_000
/** Kinds of refusals that are written down each within that time. */
const KINDS = 20

/**
 * Writes down what callers were refused at the console's own door: the first of each kind within a minute, and when that is
 * over how many more there were, so that nobody fills the database by knocking.
 */
export class RefusedCalls implements Disposable {
  readonly #audit: Pick<AuditService, 'record'>
  readonly #kinds = new Set<string>()
  readonly #more = new Map<string, number>()
  /** Who came last. */
  #last: Pick<Deed, 'origin' | 'workspaceId'> = { origin: '' }
  #over: NodeJS.Timeout | undefined

  constructor(audit: Pick<AuditService, 'record'>) {
    this.#audit = audit
  }

  note(call: string, deed: Omit<Deed, 'outcome'>): void {
    this.#over ??= setTimeout(() => this[Symbol.dispose](), SPAN).unref()
    const kind = JSON.stringify([call, deed.origin, deed.hostId, deed.summary])
    if (this.#kinds.has(kind) || this.#kinds.size >= KINDS) {
      this.#more.set(call, (this.#more.get(call) ?? 0) + 1)
      const { origin, workspaceId } = deed
      this.#last = { origin, ...(workspaceId === undefined ? {} : { workspaceId }) }
      return
    }
    this.#kinds.add(kind)
    this.#audit.record({ ...deed, outcome: 'refused' })
  }

  /** The minute is over. */
  [Symbol.dispose](): void {
    clearTimeout(this.#over)
    this.#over = undefined
    const each = [...this.#more].map(([call, count]) => `${call} ${count}`).join(', ')
    const total = [...this.#more.values()].reduce((sum, count) => sum + count, 0)
    this.#kinds.clear()
    this.#more.clear()
    if (total === 0) return
    const summary = `${total} more within a minute: ${each}`
    this.#audit.record({ action: 'console.refused', ...this.#last, summary, outcome: 'refused' })
  }
}

/** The console's contract around its handlers: a call that its caller may not make stands in the audit as refused. */
export function refusedCalls(refused: RefusedCalls) {
  return implement(consoleContract)
    .$context<ConsoleContext>()
    .use(async ({ context, path, procedure, next }, input) => {
      try {
        return await next()
      } catch (error) {
        const needs = lacks(context, procedure['~orpc'].meta)
        // What is of another workspace is written down where that is found out.
        if (isFault(error, 'forbidden') && error.data.needs !== 'workspace' && needs !== null) {
          const call = path.join('.')
          refused.note(call, {
            origin: context.origin,
            workspaceId: context.workspace.id,
            ...subjectOf(call, { input, needs, role: context.role }),
          })
        }
        throw error
      }
    })
}

const previewSchema = previewInputSchema.extend(onHost)

/** Who asked to look into a file is told of that file, as where somebody may. */
function subjectOf(
  call: string,
  { input, needs, role }: { readonly input: unknown; readonly needs: string; readonly role: string },
): Omit<Deed, 'origin' | 'outcome' | 'workspaceId'> {
  const preview = call === 'preview.read' ? previewSchema.safeParse(input).data : undefined
  if (preview === undefined) return { action: 'console.refused', summary: `${call}, which needs ${needs}, as ${role}` }
  const { hostId, repositoryId, snapshotId, path } = preview
  return { action: 'file.preview', hostId, repositoryId, snapshotId, summary: showFileName(path) }
}
