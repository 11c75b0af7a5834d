import type { RepositoryChange } from '../../contract/shapes/repository.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import { audited } from '../audit/audited.ts'
import type { Backups } from '../backups/backups.ts'
import { describeBackup } from '../backups/describe-backup.ts'
import type { Repositories } from '../repositories/repositories.ts'
import type { RepositoryRuns } from '../repositories/repository-runs.ts'
import { tidyAccess } from '../../engine/repository/tidy-access.ts'
import type { SnapshotWatch } from '../repositories/snapshot-watch.ts'
import type { Runs } from '../runs/runs.ts'
import { agent, heed } from './agent-contract.ts'

interface RepositoryHandlersDeps {
  readonly repositories: Repositories
  readonly repositoryRuns: RepositoryRuns
  readonly backups: Backups
  readonly snapshotWatch: SnapshotWatch
  readonly runs: Runs
  readonly audit: AuditLog
}

export function repositoryHandlers(deps: RepositoryHandlersDeps) {
  return { ...keepingHandlers(deps), ...changingHandlers(deps), ...runHandlers(deps) }
}

function keepingHandlers({ repositories, snapshotWatch, runs, audit }: RepositoryHandlersDeps) {
  return {
    list: agent.repository.list.handler(() => repositories.list()),
    test: agent.repository.test.handler(({ input, signal }) => repositories.probe(input, heed(signal))),
    add: agent.repository.add.handler(({ input, context }) => {
      const { url } = tidyAccess(input.access)
      return audited(audit, context, {
        subject: { action: 'repository.add', summary: `Add ${url}` },
        act: () => {
          const added = repositories.add(input.name, input.access)
          void snapshotWatch.look(added.id)
          return added
        },
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
  }
}

function changingHandlers({ repositories, backups, snapshotWatch, audit }: RepositoryHandlersDeps) {
  return {
    change: agent.repository.change.handler(({ input, context, signal }) => {
      const { repositoryId } = input
      const summary = `Change ${repositories.get(repositoryId).name}: ${whatChanges(input)}`
      return audited(audit, context, {
        subject: { action: 'repository.change', summary, repositoryId },
        act: async () => {
          const changed = await repositories.change(input, heed(signal))
          void snapshotWatch.look(repositoryId)
          return changed
        },
      })
    }),
    setBackup: agent.repository.setBackup.handler(({ input, context }) => {
      const { repositoryId, backup } = input
      const summary = `Change ${repositories.get(repositoryId).name}: back up ${describeBackup(backup)}`
      return audited(audit, context, {
        subject: { action: 'repository.change', summary, repositoryId },
        act: () => backups.set(repositoryId, backup),
      })
    }),
  }
}

function runHandlers({ repositoryRuns, backups }: RepositoryHandlersDeps) {
  return {
    backUp: agent.repository.backUp.handler(({ input, context }) =>
      backups.start(input.repositoryId, { requestKey: input.requestKey, by: context }),
    ),
    initialise: agent.repository.initialise.handler(({ input, context, signal }) =>
      repositoryRuns.initialise({ ...input, by: context }, heed(signal)),
    ),
    createSample: agent.repository.createSample.handler(({ input, context }) =>
      repositoryRuns.createSample({ requestKey: input.requestKey, by: context }),
    ),
  }
}

/** Which of it and never to what: a user name may be a key. */
function whatChanges({ name, username, serverPassword, password }: RepositoryChange): string {
  const changes = [
    [name, 'its name'],
    [username, "the server's user name"],
    [serverPassword, "the server's password"],
    [password, 'the password'],
  ] as const
  const said = changes.flatMap(([value, word]) => (value === null ? [] : [word]))
  return said.join(', ') || 'nothing'
}
