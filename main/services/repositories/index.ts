import type { RepositoryAccess, RepositoryProbe, RepositoryView } from '../../../contract/shapes/repository.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import type { AuditService } from '../audit/index.ts'
import { os } from '../console.ts'
import type { HostsService } from '../hosts/index.ts'
import { neverAborted, signalOf } from '../signals.ts'

interface Deps {
  readonly hosts: HostsService
  readonly audit: AuditService
}

interface OnHost {
  readonly hostId: string
  /** The door the asker came through. */
  readonly origin: string
}

/** Which repositories a host has. Access passes through to the agent and is kept nowhere on the way. */
export class RepositoriesService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Try to open a repository from a host; writes nothing. Throws what the agent's `repository.test` throws. */
  test(hostId: string, access: RepositoryAccess, signal: AbortSignal): Promise<RepositoryProbe> {
    return this.#deps.hosts.ask(hostId, (agent) => agent.repository.test(access, { signal }), signal)
  }

  /** Throws `conflict` (`repository_exists`). */
  async add(where: OnHost, name: string, access: RepositoryAccess): Promise<RepositoryView> {
    const { hosts, audit } = this.#deps
    const summary = name === '' ? 'a repository' : name
    const added = await audit.perform({ action: 'repository.add', ...where, summary }, () =>
      hosts.ask(where.hostId, (agent) => agent.repository.add({ name, access }), neverAborted()),
    )
    await hosts.refreshRepositories(where.hostId)
    return added
  }

  /** Throws `not_found`, `host_busy`. */
  async remove(where: OnHost, repositoryId: string): Promise<void> {
    const { hosts, audit } = this.#deps
    const repository = hosts.get(where.hostId).repositories.find(({ id }) => id === repositoryId)
    const summary = repository?.name ?? 'a repository'
    await audit.perform({ action: 'repository.remove', ...where, repositoryId, summary }, () =>
      hosts.ask(where.hostId, (agent) => agent.repository.remove({ repositoryId }), neverAborted()),
    )
    await hosts.refreshRepositories(where.hostId)
  }

  /** Start a run that creates the repository. Throws `host_busy`, `conflict` (`repository_exists`). */
  async initialise(where: OnHost, repositoryId: string, requestKey: string): Promise<Run> {
    const { hosts, audit } = this.#deps
    const repository = hosts.get(where.hostId).repositories.find(({ id }) => id === repositoryId)
    const summary = repository?.name ?? 'a repository'
    const run = await audit.start({ action: 'host.initialise', ...where, repositoryId, requestKey, summary }, () =>
      hosts.ask(where.hostId, (agent) => agent.repository.initialise({ repositoryId, requestKey }), neverAborted()),
    )
    hosts.note(where.hostId, run)
    return run
  }

  /** Start a run that makes the sample repository. Throws `host_busy`, `conflict` (`repository_exists`). */
  async createSample(where: OnHost, requestKey: string): Promise<Run> {
    const { hosts, audit } = this.#deps
    const summary = 'a sample repository'
    const run = await audit.start({ action: 'host.sample', ...where, requestKey, summary }, () =>
      hosts.ask(where.hostId, (agent) => agent.repository.createSample({ requestKey }), neverAborted()),
    )
    hosts.note(where.hostId, run)
    await hosts.refreshRepositories(where.hostId)
    return run
  }
}

/** `repositories.*` of the console's contract. */
export function repositoryHandlers(repositories: RepositoriesService) {
  return {
    test: os.repositories.test.handler(({ input: { hostId, ...access }, signal }) =>
      repositories.test(hostId, access, signalOf({ signal })),
    ),
    add: os.repositories.add.handler(({ input: { hostId, name, access }, context: { origin } }) =>
      repositories.add({ hostId, origin }, name, access),
    ),
    remove: os.repositories.remove.handler(async ({ input: { hostId, repositoryId }, context: { origin } }) => {
      await repositories.remove({ hostId, origin }, repositoryId)
      return {}
    }),
    initialise: os.repositories.initialise.handler(({ input, context: { origin } }) =>
      repositories.initialise({ hostId: input.hostId, origin }, input.repositoryId, input.requestKey),
    ),
    createSample: os.repositories.createSample.handler(({ input, context: { origin } }) =>
      repositories.createSample({ hostId: input.hostId, origin }, input.requestKey),
    ),
  }
}
