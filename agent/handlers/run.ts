import { withEventMeta } from '@orpc/server'
import { z } from 'zod'
import { isEnded } from '../../contract/shapes/run.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Runs } from '../runs/runs.ts'
import { agent, heed } from './agent-contract.ts'

const eventIdSchema = z.coerce.number().int().nonnegative().catch(0)

export function runHandlers({ runs, audit }: { readonly runs: Runs; readonly audit: AuditLog }) {
  return {
    list: agent.run.list.handler(({ input: { before, limit } }) =>
      before === null ? runs.newest(limit) : runs.before(before, limit),
    ),
    changes: agent.run.changes.handler(({ input }) => runs.changes(input)),
    get: agent.run.get.handler(({ input }) => runs.get(input.runId)),
    byKey: agent.run.byKey.handler(({ input }) => ({ run: runs.startedWith(input.requestKey) ?? null })),
    follow: agent.run.follow.handler(async function* ({ input, lastEventId, signal }) {
      const after = eventIdSchema.parse(lastEventId ?? 0)
      for await (const event of runs.follow({ runId: input.runId, after, signal: heed(signal) })) {
        yield withEventMeta(event, { id: String(event.sequence) })
      }
    }),
    ledger: agent.run.ledger.handler(({ input }) => runs.ledger(input)),
    cancel: agent.run.cancel.handler(async ({ input, context }) => {
      const run = runs.get(input.runId)
      if (isEnded(run.state)) return run
      const about = { runId: run.id, repositoryId: run.repositoryId }
      const how = input.when === 'now' ? '' : ', after the part that it is at'
      const entry = audit.open(context, { action: 'host.cancel', summary: `Cancel ${run.id}${how}`, ...about })
      const cancelled = await runs.cancel(input)
      audit.close(entry, { outcome: 'done' })
      return cancelled
    }),
    watch: agent.run.watch.handler(async function* ({ signal }) {
      yield* runs.watch(heed(signal))
    }),
  }
}
