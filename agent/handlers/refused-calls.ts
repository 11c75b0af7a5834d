import { implement } from '@orpc/server'
import { agentContract } from '../../contract/agent/index.ts'
import { isFault } from '../../contract/errors.ts'
import { lacks } from '../../contract/procedure.ts'
import type { AuditSubject } from '../audit/audit-log.ts'
import type { Refusals } from '../audit/refusals.ts'
import { subjectOfPreview } from '../browsing/previews.ts'
import { subjectOfLiveContents } from '../comparing/live-files.ts'
import type { Connection } from '../connection.ts'

/** What calls are about that show what is in a file. */
const SUBJECTS: Readonly<Record<string, (input: unknown) => AuditSubject>> = {
  'preview.read': subjectOfPreview,
  'compare.liveContents': subjectOfLiveContents,
}

/**
 * The agent's contract around its handlers: a call that its caller may not make never comes to its handler, and is to
 * stand in the audit as refused nevertheless. What a handler itself forbids it writes down itself.
 */
export function refusedCalls(refusals: Refusals) {
  return implement(agentContract)
    .$context<Connection>()
    .use(async ({ context, path, procedure, next }, input) => {
      try {
        return await next()
      } catch (error) {
        if (!isFault(error, 'forbidden')) throw error
        const { needs } = error.data
        const call = path.join('.')
        if (needs === 'workspace' || lacks(context, procedure['~orpc'].meta) !== null) {
          const subject = SUBJECTS[call]?.(input)
          refusals.note(context, { call, needs, ...(subject !== undefined && { subject }) })
        }
        throw error
      }
    })
}
