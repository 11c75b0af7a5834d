import { reasonOf } from '../../../contract/reasons.ts'
import type { AgentIdentity, HostView, Link } from '../../../contract/shapes/host.ts'
import { AGENT_PROTOCOL } from '../../../contract/shapes/host.ts'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import { hexId, uuidOf } from './ids.ts'
import { before } from './moments.ts'

export const LOCAL_HOST = 'local'

export function repositoryView(id: string, fields: Partial<RepositoryView> = {}): RepositoryView {
  return {
    id,
    name: id,
    url: `rest:https://backup.example:8000/${id}/`,
    username: id,
    hasPassword: true,
    sample: false,
    backup: { paths: ['/etc', '/home', '/srv'], exclude: ['*.tmp'] },
    openedBefore: true,
    addedAt: before({ days: 120 }),
    ...fields,
  }
}

export function agentIdentity(hostname: string, fields: Partial<AgentIdentity> = {}): AgentIdentity {
  return {
    protocol: AGENT_PROTOCOL,
    agentVersion: '0.1.0',
    hostname,
    platform: 'linux',
    architecture: 'x64',
    username: 'root',
    privileged: true,
    restic: { version: '0.18.0', path: '/usr/bin/restic' },
    resticFound: null,
    stagingRoot: '/var/restic-restore',
    agentId: uuidOf(`agent:${hostname}`),
    granted: { role: 'admin', permissions: ['read-contents'], workspace: 'Northern clinics' },
    ...fields,
  }
}

export function connectedLink(): Link {
  return { state: 'connected', since: before({ days: 3, hours: 2 }), reason: '', lastSeenAt: before({ seconds: 6 }) }
}

/** The pin of a host's key, as long as a real one. */
export function pinOf(id: string): string {
  return hexId(`key:${id}`).slice(0, 43)
}

export function hostView(id: string, fields: Partial<HostView> = {}): HostView {
  return {
    id,
    name: id,
    local: false,
    door: { kind: 'tls', address: `${id}.clinic.example:7420`, pin: pinOf(id) },
    labels: [],
    pinned: false,
    lastSnapshotAt: before({ hours: 12, minutes: 5 }),
    link: connectedLink(),
    agent: agentIdentity(id),
    repositories: [repositoryView(id)],
    activeRun: null,
    lastRestore: null,
    ...fields,
  }
}

/** This computer before anything was done with the console. */
export function emptyLocalHost(): HostView {
  return hostView(LOCAL_HOST, {
    name: 'ops-laptop',
    local: true,
    door: { kind: 'local' },
    lastSnapshotAt: null,
    agent: agentIdentity('ops-laptop', {
      username: 'maria',
      privileged: false,
      stagingRoot: '/home/maria/.local/share/restore-console/restored',
    }),
    repositories: [],
  })
}

/** A host that does not answer since this morning. */
function awayHost(): HostView {
  return hostView('lab-win-7', {
    labels: ['lab', 'windows'],
    lastSnapshotAt: before({ days: 3, hours: 4 }),
    link: {
      state: 'unreachable',
      since: before({ hours: 5, minutes: 25 }),
      ...reasonOf('no_answer', { place: '10.20.4.17:7420' }),
      lastSeenAt: before({ hours: 5, minutes: 26 }),
    },
  })
}

/** A host at whose address somebody else answers. */
function refusedHost(): HostView {
  return hostView('vpn-gate', {
    labels: ['edge'],
    repositories: [],
    lastSnapshotAt: null,
    link: {
      state: 'refused',
      since: before({ hours: 2 }),
      ...reasonOf('other_key', { place: 'vpn-gate.clinic.example:7420' }),
      lastSeenAt: before({ days: 1, hours: 2 }),
    },
  })
}

/** A small fleet in which most is well and something is not. */
export function fleet(): HostView[] {
  return [
    {
      ...emptyLocalHost(),
      repositories: [
        repositoryView('laptop', { name: 'Laptop', url: '/media/backup/laptop', username: null }),
        repositoryView('sample', {
          name: 'Sample',
          url: '/home/maria/.local/share/restore-console/sample',
          username: null,
          sample: true,
          addedAt: before({ minutes: 20 }),
        }),
      ],
    },
    hostView('db-01', {
      labels: ['postgresql', 'north'],
      pinned: true,
      repositories: [
        repositoryView('db-01', { name: 'nightly' }),
        repositoryView('db-01-offsite', {
          name: 'offsite',
          url: 's3:https://s3.eu-central-1.example/clinic-backup/db-01',
          username: 'AKIAIOSFODNN7EXAMPLE',
        }),
      ],
    }),
    hostView('db-02', { labels: ['postgresql', 'north'], lastSnapshotAt: before({ hours: 29 }) }),
    hostView('files-north'),
    awayHost(),
    hostView('pacs-archive', { agent: agentIdentity('pacs-archive', { restic: null, resticFound: '0.14.0' }) }),
    refusedHost(),
    hostView('web-01'),
    hostView('web-02', {
      link: {
        state: 'connecting',
        since: before({ seconds: 4 }),
        ...reasonOf('agent_stopping'),
        lastSeenAt: before({ seconds: 9 }),
      },
      door: { kind: 'ssh', destination: 'root@web-02.clinic.example' },
      lastSnapshotAt: null,
      repositories: [],
    }),
  ]
}
