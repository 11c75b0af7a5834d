import { Fault } from '../../contract/errors.ts'
import { probeRepository } from '../../engine/repository/probe.ts'
import type { AuditLog, AuditSubject } from '../audit/audit-log.ts'
import type { Connection } from '../connection.ts'
import type { Repositories } from '../repositories/repositories.ts'
import type { RepositoryRuns } from '../repositories/repository-runs.ts'
import { tidyAccess } from '../repositories/repository-url.ts'
import type { Runs } from '../runs/runs.ts'
import { agent, heed } from './agent-contract.ts'

interface RepositoryHandlersDeps {
  readonly repositories: Repositories
  readonly repositoryRuns: RepositoryRuns
  readonly runs: Runs
  readonly audit: AuditLog
}

export function repositoryHandlers({ repositories, repositoryRuns, runs, audit }: RepositoryHandlersDeps) {
  return {
    list: agent.repository.list.handler(() => repositories.list()),
    test: agent.repository.test.handler(async ({ input, signal }) =>
      probeRepository(await repositories.openWith(tidyAccess(input)), { signal: heed(signal) }),
    ),
    add: agent.repository.add.handler(({ input, context }) => {
      const { url } = tidyAccess(input.access)
      return audited(audit, context, {
        subject: { action: 'repository.add', summary: `Add ${url}` },
        act: () => repositories.add(input.name, input.access),
      })
    }),
    remove: agent.repository.remove.handler(({ input, context }) => {
      const { repositoryId } = input
      const { name, url } = repositories.get(repositoryId)
      return audited(audit, context, {
        subject: { action: 'repository.remove', summary: `Forget ${name} (${url})`, repositoryId },
        act: () => {
          runs.requireFree(repositoryId)
          repositories.remove(repositoryId)
          return {}
        },
      })
    }),
    initialise: agent.repository.initialise.handler(({ input, context, signal }) =>
      repositoryRuns.initialise(input.repositoryId, { requestKey: input.requestKey, by: context }, heed(signal)),
    ),
    createSample: agent.repository.createSample.handler(({ input, context }) =>
      repositoryRuns.createSample({ requestKey: input.requestKey, by: context }),
    ),
  }
}

interface AuditedAct<T> {
  readonly subject: AuditSubject
  readonly act: () => T
}

/** Write down what is to be done, do it, write down that it was done or refused. */
function audited<T>(audit: AuditLog, by: Connection, { subject, act }: AuditedAct<T>): T {
  const entry = audit.open(by, subject)
  try {
    const result = act()
    audit.close(entry, { outcome: 'done' })
    return result
  } catch (error) {
    audit.close(entry, { outcome: error instanceof Fault ? 'refused' : 'failed' })
    throw error
  }
}
