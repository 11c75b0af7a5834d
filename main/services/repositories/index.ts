import { Fault } from '../../../contract/errors.ts'
import type {
  BackupSet,
  Reinitialisation,
  RepositoryAccess,
  RepositoryChange,
  RepositoryProbe,
  RepositoryView,
} from '../../../contract/shapes/repository.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import type { AuditService, Dispatch } from '../audit/index.ts'
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

interface Start extends OnHost {
  readonly action: Dispatch['action']
  readonly repositoryId: string
  readonly requestKey: string
  /** What the audit has to say beside the repository's name. */
  readonly remark?: string
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
    const summary = this.#nameOf(where, repositoryId)
    await audit.perform({ action: 'repository.remove', ...where, repositoryId, summary }, () =>
      hosts.ask(where.hostId, (agent) => agent.repository.remove({ repositoryId }), neverAborted()),
    )
    await hosts.refreshRepositories(where.hostId)
  }

  /** Other credentials or another name. Throws what the agent's `repository.change` throws. */
  async change(where: OnHost, change: RepositoryChange): Promise<RepositoryView> {
    const { hosts } = this.#deps
    const { repositoryId } = change
    return await this.#changed(where, { repositoryId, what: wordsFor(change) }, () =>
      hosts.ask(where.hostId, (agent) => agent.repository.change(change), neverAborted()),
    )
  }

  /** Say what a backup takes. Throws `invalid_input`, `not_found`. */
  async setBackup(where: OnHost, repositoryId: string, backup: BackupSet): Promise<RepositoryView> {
    const { hosts } = this.#deps
    return await this.#changed(where, { repositoryId, what: 'what a backup takes' }, () =>
      hosts.ask(where.hostId, (agent) => agent.repository.setBackup({ repositoryId, backup }), neverAborted()),
    )
  }

  /** Start a run that backs up what was said. Throws `host_busy`, `conflict` (`nothing_to_back_up`). */
  async backUp(where: OnHost, repositoryId: string, requestKey: string): Promise<Run> {
    const { hosts } = this.#deps
    return await this.#started({ action: 'host.backup', ...where, repositoryId, requestKey }, () =>
      hosts.ask(where.hostId, (agent) => agent.repository.backUp({ repositoryId, requestKey }), neverAborted()),
    )
  }

  /**
   * Start a run that creates the repository. Where one was before, `again` must name the host as it names itself: it is
   * checked here and by the agent. Throws `host_busy`, `conflict` (`repository_exists`, `opened_before`,
   * `wrong_host_name`).
   */
  async initialise(
    where: OnHost,
    { repositoryId, requestKey, again }: { repositoryId: string; requestKey: string; again: Reinitialisation | null },
  ): Promise<Run> {
    const { hosts } = this.#deps
    const hostname = hosts.get(where.hostId).agent?.hostname ?? null
    const remark = again === null ? '' : `, anew: ${again.reason}`
    return await this.#started({ action: 'host.initialise', ...where, repositoryId, requestKey, remark }, async () => {
      if (again !== null && hostname !== null && again.hostname !== hostname) {
        throw new Fault('conflict', { what: 'wrong_host_name', detail: hostname })
      }
      const order = { repositoryId, requestKey, again }
      return await hosts.ask(where.hostId, (agent) => agent.repository.initialise(order), neverAborted())
    })
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

  async #changed(
    where: OnHost,
    { repositoryId, what }: { readonly repositoryId: string; readonly what: string },
    ask: () => Promise<RepositoryView>,
  ): Promise<RepositoryView> {
    const { hosts, audit } = this.#deps
    const summary = `${this.#nameOf(where, repositoryId)}: ${what}`
    const changed = await audit.perform({ action: 'repository.change', ...where, repositoryId, summary }, ask)
    await hosts.refreshRepositories(where.hostId)
    return changed
  }

  async #started({ remark = '', ...dispatch }: Start, ask: () => Promise<Run>): Promise<Run> {
    const { hosts, audit } = this.#deps
    const summary = `${this.#nameOf(dispatch, dispatch.repositoryId)}${remark}`
    const run = await audit.start({ ...dispatch, summary }, ask)
    hosts.note(dispatch.hostId, run)
    return run
  }

  #nameOf({ hostId }: Pick<OnHost, 'hostId'>, repositoryId: string): string {
    const repository = this.#deps.hosts.get(hostId).repositories.find(({ id }) => id === repositoryId)
    return repository?.name ?? 'a repository'
  }
}

/** What is to be different, in words for the audit; never what it is. */
function wordsFor(change: RepositoryChange): string {
  const words = [
    change.name === null ? [] : [`the name, now ${change.name}`],
    change.username === null ? [] : ['the user name'],
    change.serverPassword === null ? [] : ['the server’s password'],
    change.password === null ? [] : ['the password'],
  ].flat()
  return words.length === 0 ? 'nothing' : words.join(', ')
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
    change: os.repositories.change.handler(({ input: { hostId, ...change }, context: { origin } }) =>
      repositories.change({ hostId, origin }, change),
    ),
    setBackup: os.repositories.setBackup.handler(({ input, context: { origin } }) =>
      repositories.setBackup({ hostId: input.hostId, origin }, input.repositoryId, input.backup),
    ),
    backUp: os.repositories.backUp.handler(({ input, context: { origin } }) =>
      repositories.backUp({ hostId: input.hostId, origin }, input.repositoryId, input.requestKey),
    ),
    initialise: os.repositories.initialise.handler(({ input: { hostId, ...order }, context: { origin } }) =>
      repositories.initialise({ hostId, origin }, order),
    ),
    createSample: os.repositories.createSample.handler(({ input, context: { origin } }) =>
      repositories.createSample({ hostId: input.hostId, origin }, input.requestKey),
    ),
  }
}
