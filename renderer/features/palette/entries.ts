import { plural, t } from '@lingui/core/macro'
import type { Consumer } from '../../../contract/shapes/consumer.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { Replica } from '../../../contract/shapes/replica.ts'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import type { HostRun } from '../../../contract/shapes/run-page.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { formatMoment, formatRelative } from '../../components/format.ts'
import type { Masks } from '../../components/masks.ts'
import { STATE_WORDS } from '../../components/StateBadge.tsx'
import { FLEET_STATES, hostText, isIn } from '../hosts/index.ts'
import { consumerTitle, STATES, scopeWords } from '../replicas/index.ts'
import { runTitle } from '../runs/index.ts'
import type { Entry } from './rank.ts'
import type { Go } from './use-go.ts'

/** Where what is found leads, and how its paths are written now. */
export interface Ways {
  readonly go: Go
  readonly masks: Masks
}

const LINK_WORDS: Readonly<Record<HostView['link']['state'], string>> = {
  connected: '',
  connecting: t`connecting`,
  unreachable: t`away`,
  refused: t`refused`,
}

/** A host, found by all that its row in the fleet shows. */
export function hostEntry(host: HostView, now: Date, go: Go): Entry {
  const { id, name, labels, lastSnapshotAt, local, link } = host
  const states = FLEET_STATES.filter((state) => isIn(state, host, now))
  const away = LINK_WORDS[link.state]
  const last = lastSnapshotAt === null ? '' : lastSnapshotWords(formatRelative(new Date(lastSnapshotAt), now))
  return {
    key: `host:${id}`,
    group: 'Hosts',
    label: name,
    detail: joined([local ? t`this computer` : '', away, last, labels.join(', ')]),
    text: hostText(host),
    states,
    labels: labels.map((label) => label.toLowerCase()),
    run: () => go.host(id),
  }
}

/** A repository of a host, found also by its host's name. */
export function repositoryEntry(host: HostView, { id, name, url }: RepositoryView, { go, masks }: Ways): Entry {
  return {
    key: `repository:${host.id}/${id}`,
    group: 'Repositories',
    label: name,
    detail: joined([host.name, masks.path(url)]),
    text: `${name} ${url} ${host.name}`.toLowerCase(),
    run: () => go.repository(host.id, id),
  }
}

/** A snapshot, found by its host and by what its row shows. */
export function snapshotEntry(
  host: HostView,
  repository: RepositoryView,
  snapshot: Snapshot,
  { go, masks }: Ways,
): Entry {
  const { id, time, hostname, paths, tags } = snapshot
  const label = `${host.name} ${formatMoment(new Date(time))}`
  const shown = paths.map((path) => showFileName(masks.path(path))).join(', ')
  return {
    key: `snapshot:${host.id}/${repository.id}/${id}`,
    group: 'Snapshots',
    label,
    detail: joined([repository.name, shown, tags.join(', ')]),
    text: `${hostText(host)} ${id} ${hostname} ${shown} ${tags.join(' ')}`.toLowerCase(),
    run: () => go.snapshot(host.id, repository.id, id),
  }
}

/** A run, found by what it does, where, how it stands and who began it. */
export function runEntry({ hostId, run }: HostRun, hostName: string, now: Date, { go, masks }: Ways): Entry {
  const { id, state, startedBy, queuedAt, subject } = run
  const target = subject.kind === 'restore' ? showFileName(masks.path(subject.targetPath)) : ''
  const title = runTitle(run)
  const label = t`${title} on ${hostName}`
  const word = STATE_WORDS[state]
  return {
    key: `run:${hostId}/${id}`,
    group: 'Runs',
    label,
    detail: joined([word, formatRelative(new Date(queuedAt), now), target]),
    text: `${label} ${subject.kind} ${state} ${word} ${startedBy} ${id} ${target} ${hostId}`.toLowerCase(),
    states: [state],
    run: () => go.run(hostId, id),
  }
}

/** A replica, found by its name, scope and consumer. */
export function replicaEntry(replica: Replica, go: Go): Entry {
  const { planeId, id, declaration, consumerName, state } = replica
  const scope = scopeWords(replica)
  return {
    key: `replica:${planeId}/${id}`,
    group: 'Replicas',
    label: declaration.name,
    detail: joined([STATES[state].word, scope]),
    text: `${declaration.name} ${scope} ${consumerName ?? ''} ${declaration.intent} ${STATES[state].word}`.toLowerCase(),
    states: [state],
    run: () => go.replica(planeId, id),
  }
}

/** A consumer of a plane. */
export function consumerEntry({ planeId, id, name, silent, replicas }: Consumer, go: Go): Entry {
  const label = consumerTitle(name, id)
  return {
    key: `consumer:${planeId}/${id}`,
    group: 'Consumers',
    label,
    detail: joined([silent === true ? t`silent` : '', plural(replicas, { one: '# replica', other: '# replicas' })]),
    text: `${label} ${id}`.toLowerCase(),
    states: silent === true ? ['silent'] : [],
    run: () => go.consumer(planeId, id),
  }
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ')
}

function lastSnapshotWords(ago: string): string {
  return t`last snapshot ${ago}`
}
