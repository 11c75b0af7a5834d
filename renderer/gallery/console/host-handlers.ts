import { Fault, refused } from '../../../contract/errors.ts'
import { readEnrolment } from '../../../contract/shapes/enrolment.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import { agentIdentity, hostView, repositoryView } from './fleet.ts'
import { uuidOf } from './ids.ts'
import type { Implementation } from './implementation.ts'
import { hostOf, start } from './start-run.ts'
import type { World } from './world.ts'

/** What enrols, reaches, changes and removes hosts, and what opens their repositories. */
export function ofHosts(os: Implementation, world: World) {
  return { hosts: hosts(os, world), repositories: { ...repositories(os, world), ...runsOf(os, world) } }
}

function hosts(os: Implementation, world: World) {
  return {
    list: os.hosts.list.handler(() => [...world.hosts.values()]),
    get: os.hosts.get.handler(({ input }) => hostOf(world, input.hostId)),
    watch: os.hosts.watch.handler(async function* ({ signal }) {
      const everyHost = () => [{ hosts: [...world.hosts.values()], gone: [] }]
      for await (const told of world.told.hosts.follow(signal, everyHost)) {
        if ('hosts' in told) yield told
        else yield 'gone' in told ? { hosts: [], gone: [told.gone] } : { hosts: [told], gone: [] }
      }
    }),
    enrol: os.hosts.enrol.handler(({ input }) => {
      const enrolment = readEnrolment(input.line)
      if (enrolment === undefined) throw refused(['line'], 'enrolment_line')
      const { address, pin, role, workspace } = enrolment
      const hostname = address.split(/[.:]/)[0] ?? address
      const granted = { role, permissions: [], workspace }
      return addHost(world, hostname, {
        name: input.name || hostname,
        door: { kind: 'tls', address, pin },
        agent: agentIdentity(hostname, { granted }),
      })
    }),
    addThroughSsh: os.hosts.addThroughSsh.handler(({ input: { destination, name } }) => {
      const hostname = destination.replace(/^.*@/, '').split('.')[0] ?? destination
      return addHost(world, hostname, { name: name || hostname, door: { kind: 'ssh', destination } })
    }),
    change: os.hosts.change.handler(({ input: { hostId, name, labels, pinned } }) =>
      changeHost(world, hostId, (host) => ({
        ...host,
        name: name ?? host.name,
        labels: labels ?? host.labels,
        pinned: pinned ?? host.pinned,
      })),
    ),
    reach: os.hosts.reach.handler(() => ({})),
    linkTimes: os.hosts.linkTimes.handler(() => world.linkTimes),
    changeLinkTimes: os.hosts.changeLinkTimes.handler(({ input }) => {
      world.linkTimes = input
      return input
    }),
    remove: os.hosts.remove.handler(({ input }) => {
      const { name } = hostOf(world, input.hostId)
      if (input.typed !== name) throw new Fault('conflict', { what: 'wrong_host_name', detail: name })
      world.hosts.delete(input.hostId)
      world.told.hosts.publish({ gone: input.hostId })
      return {}
    }),
  }
}

function repositories(os: Implementation, world: World) {
  return {
    test: os.repositories.test.handler(() => world.probe),
    add: os.repositories.add.handler(({ input }) => {
      const { url, username, password } = input.access
      const view = repositoryView(uuidOf(url), {
        name: input.name,
        url,
        username: username || null,
        hasPassword: password !== '',
        backup: null,
        openedBefore: false,
      })
      changeHost(world, input.hostId, (host) => ({ ...host, repositories: [...host.repositories, view] }))
      return view
    }),
    remove: os.repositories.remove.handler(({ input }) => {
      const others = (host: HostView) => host.repositories.filter(({ id }) => id !== input.repositoryId)
      changeHost(world, input.hostId, (host) => ({ ...host, repositories: others(host) }))
      return {}
    }),
    change: os.repositories.change.handler(({ input }) =>
      changeRepository(world, input, (repository) => ({
        ...repository,
        name: input.name ?? repository.name,
        username: input.username ?? repository.username,
      })),
    ),
    setBackup: os.repositories.setBackup.handler(({ input }) =>
      changeRepository(world, input, (repository) => ({ ...repository, backup: input.backup })),
    ),
  }
}

function runsOf(os: Implementation, world: World) {
  return {
    backUp: os.repositories.backUp.handler(({ input }) => {
      const { backup } = repositoryOf(world, input)
      if (backup === null) throw new Fault('conflict', { what: 'nothing_to_back_up', detail: '' })
      return start(world, input.hostId, { ...input, subject: { kind: 'backup', ...backup, snapshotId: null } })
    }),
    initialise: os.repositories.initialise.handler(({ input }) => {
      const { name, url, openedBefore } = { ...repositoryOf(world, input), name: hostOf(world, input.hostId).name }
      if (openedBefore && input.again === null) throw new Fault('conflict', { what: 'opened_before', detail: url })
      if (input.again !== null && input.again.hostname !== name)
        throw new Fault('conflict', { what: 'wrong_host_name', detail: name })
      return start(world, input.hostId, { ...input, subject: { kind: 'init', sample: false } })
    }),
    createSample: os.repositories.createSample.handler(({ input }) => {
      const sample = { repositoryId: 'sample', subject: { kind: 'init', sample: true } } as const
      return start(world, input.hostId, { ...input, ...sample })
    }),
  }
}

interface RepositoryPlace {
  readonly hostId: string
  readonly repositoryId: string
}

function repositoryOf(world: World, { hostId, repositoryId }: RepositoryPlace): RepositoryView {
  const repository = hostOf(world, hostId).repositories.find(({ id }) => id === repositoryId)
  if (repository === undefined) throw new Fault('not_found', { what: 'repository', id: repositoryId })
  return repository
}

function changeRepository(
  world: World,
  place: RepositoryPlace,
  change: (repository: RepositoryView) => RepositoryView,
): RepositoryView {
  const changed = change(repositoryOf(world, place))
  const placed = (host: HostView) => host.repositories.map((each) => (each.id === changed.id ? changed : each))
  changeHost(world, place.hostId, (host) => ({ ...host, repositories: placed(host) }))
  return changed
}

function addHost(world: World, id: string, fields: Partial<HostView>): HostView {
  if (world.hosts.has(id)) throw new Fault('conflict', { what: 'host_exists', detail: id })
  const host = hostView(id, { repositories: [], lastSnapshotAt: null, ...fields })
  world.hosts.set(id, host)
  world.told.hosts.publish(host)
  return host
}

function changeHost(world: World, hostId: string, change: (host: HostView) => HostView): HostView {
  const changed = change(hostOf(world, hostId))
  world.hosts.set(hostId, changed)
  world.told.hosts.publish(changed)
  return changed
}
