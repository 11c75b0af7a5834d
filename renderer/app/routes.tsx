import {
  createRootRoute,
  createRoute,
  createRouter as createTanStackRouter,
  type RouterHistory,
  useParams,
} from '@tanstack/react-router'
import { furtherRestoreSchema } from '../../contract/shapes/restore.ts'
import { AuditPage, narrowAudit } from '../features/audit/index.ts'
import { BrowsePage } from '../features/browse/index.ts'
import { ComparePage } from '../features/compare/index.ts'
import { ConsumersPage } from '../features/consumers/index.ts'
import { FanOutPage, FanOutsPage, RetryPage, SeveralHostsPage } from '../features/fan-outs/index.ts'
import { HostPage } from '../features/hosts/index.ts'
import { PlanesPage } from '../features/planes/index.ts'
import { narrowReplicas, ReplicasPage } from '../features/replicas/index.ts'
import { narrowBoard, RestorabilityPage } from '../features/restorability/index.ts'
import { RestorePage } from '../features/restore/index.ts'
import { narrowRunsAddress, RunPage, RunsPage } from '../features/runs/index.ts'
import { narrowAddress, SearchPage } from '../features/search/index.ts'
import { SettingsPage } from '../features/settings/index.ts'
import { WorkspacesPage } from '../features/workspaces/index.ts'
import { Frame } from './Frame.tsx'
import { HomePage } from './HomePage.tsx'
import { KEY_CATALOGUE } from './key-catalogue.ts'
import { LostPage } from './LostPage.tsx'
import { UnforeseenPage } from './UnforeseenPage.tsx'

const root = createRootRoute({ component: Frame, notFoundComponent: LostPage, errorComponent: UnforeseenPage })

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage })

const host = createRoute({
  getParentRoute: () => root,
  path: '/hosts/$hostId',
  validateSearch: (search): { repository?: string } => ({ ...textOf(search, 'repository') }),
  component: () => <HostPage hostId={host.useParams().hostId} repositoryId={host.useSearch().repository ?? null} />,
})

const browse = createRoute({
  getParentRoute: () => root,
  path: '/hosts/$hostId/repositories/$repositoryId/snapshots/$snapshotId',
  component: () => <BrowsePage {...browse.useParams()} />,
})

const compare = createRoute({
  getParentRoute: () => root,
  path: '/hosts/$hostId/repositories/$repositoryId/compare',
  validateSearch: (search): { from?: string; to?: string; path?: string } => ({
    ...textOf(search, 'from'),
    ...textOf(search, 'to'),
    ...textOf(search, 'path'),
  }),
  component: () => {
    const { from = null, to = null, path = '' } = compare.useSearch()
    return <ComparePage {...compare.useParams()} from={from} to={to} path={path} />
  },
})

const restore = createRoute({
  getParentRoute: () => root,
  path: '/hosts/$hostId/restore',
  validateSearch: (search): { repository?: string; snapshot?: string; from?: string; as?: string } => ({
    ...textOf(search, 'repository'),
    ...textOf(search, 'snapshot'),
    ...textOf(search, 'from'),
    ...textOf(search, 'as'),
  }),
  component: () => {
    const { repository = null, snapshot = null, from, as } = restore.useSearch()
    const follows = furtherRestoreSchema.safeParse({ kind: as, runId: from }).data ?? null
    return (
      <RestorePage
        hostId={restore.useParams().hostId}
        repositoryId={repository}
        snapshotId={snapshot}
        follows={follows}
      />
    )
  },
})

const severalHosts = createRoute({
  getParentRoute: () => root,
  path: '/hosts/$hostId/restore/several',
  validateSearch: (search): { repository?: string; snapshot?: string } => ({
    ...textOf(search, 'repository'),
    ...textOf(search, 'snapshot'),
  }),
  component: () => {
    const { repository = null, snapshot = null } = severalHosts.useSearch()
    return <SeveralHostsPage {...severalHosts.useParams()} repositoryId={repository} snapshotId={snapshot} />
  },
})

const fanOuts = createRoute({ getParentRoute: () => root, path: '/fan-outs', component: FanOutsPage })

const fanOut = createRoute({
  getParentRoute: () => root,
  path: '/fan-outs/$fanOutId',
  component: () => <FanOutPage {...fanOut.useParams()} />,
})

const fanOutAgain = createRoute({
  getParentRoute: () => root,
  path: '/fan-outs/$fanOutId/retry',
  component: () => <RetryPage {...fanOutAgain.useParams()} />,
})

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  validateSearch: narrowAddress,
  component: () => <SearchPage address={search.useSearch()} />,
})

const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: narrowRunsAddress,
  component: () => <RunsPage address={runs.useSearch()} />,
})

const run = createRoute({
  getParentRoute: () => root,
  path: '/hosts/$hostId/runs/$runId',
  component: () => <RunPage {...run.useParams()} />,
})

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: narrowAudit,
  component: () => <AuditPage address={audit.useSearch()} />,
})

const restorability = createRoute({
  getParentRoute: () => root,
  path: '/restorability',
  validateSearch: narrowBoard,
  component: () => <RestorabilityPage address={restorability.useSearch()} />,
})

const workspaces = createRoute({ getParentRoute: () => root, path: '/workspaces', component: WorkspacesPage })

// One screen, and in it a drawer with an address of its own: the list behind it stays where it is.
const replicas = createRoute({
  getParentRoute: () => root,
  path: '/replicas',
  validateSearch: narrowReplicas,
  component: function Replicas() {
    const { planeId, replicaId } = useParams({ strict: false })
    const opened = planeId === undefined || replicaId === undefined ? null : { planeId, replicaId }
    return <ReplicasPage address={replicas.useSearch()} opened={opened} />
  },
})
const replica = createRoute({ getParentRoute: () => replicas, path: '$planeId/$replicaId' })

const consumers = createRoute({
  getParentRoute: () => root,
  path: '/consumers',
  validateSearch: (search): { tab?: string } => textOf(search, 'tab'),
  component: function Consumers() {
    const { planeId, consumerId } = useParams({ strict: false })
    const opened = planeId === undefined || consumerId === undefined ? null : { planeId, consumerId }
    return <ConsumersPage opened={opened} tab={consumers.useSearch().tab ?? null} />
  },
})
const consumer = createRoute({ getParentRoute: () => consumers, path: '$planeId/$consumerId' })

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: () => <SettingsPage commands={KEY_CATALOGUE} />,
})

const planes = createRoute({ getParentRoute: () => root, path: '/planes', component: PlanesPage })

const routeTree = root.addChildren([
  home,
  host,
  browse,
  compare,
  restore,
  search,
  runs,
  run,
  audit,
  restorability,
  replicas.addChildren([replica]),
  consumers.addChildren([consumer]),
  planes,
  settings,
  workspaces,
  severalHosts,
  fanOuts,
  fanOut,
  fanOutAgain,
])

/** The console's screens and their addresses. */
export function createRouter(history: RouterHistory) {
  return createTanStackRouter({ routeTree, history, parseSearch, stringifySearch })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createRouter>
  }
}

/** Search values are plain text: an id that looks like a number is still an id. */
function parseSearch(search: string): Record<string, unknown> {
  return Object.fromEntries(new URLSearchParams(search))
}

function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

function textOf<K extends string>(search: Record<string, unknown>, key: K): { [P in K]?: string } {
  const value = search[key]
  // TypeScript widens a computed key to string.
  return typeof value === 'string' && value !== '' ? ({ [key]: value } as { [P in K]?: string }) : {}
}
