import { Fault, refused } from '../../contract/errors.ts'
import { reasonOf } from '../../contract/reasons.ts'
import { fill, sees } from './act.ts'
import { busyWorld, NEWEST_SNAPSHOT, type World } from './console/index.ts'
import type { Scene } from './scenes.ts'

const repository = '/search?in=repository&host=db-01&repository=db-01'
const snapshot = `/search?in=snapshot&host=db-01&repository=db-01&snapshot=${NEWEST_SNAPSHOT}`

/** Press keys where the keyboard is, one after the other. */
async function keys(...pressed: readonly string[]): Promise<void> {
  for (const key of pressed) {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
}

function found(text: string, ...pressed: readonly string[]): () => Promise<void> {
  return async () => {
    await sees(text)
    await keys(...pressed)
  }
}

function everyHostAway(): World {
  const world = busyWorld()
  const away = {
    state: 'unreachable',
    since: '2026-11-21T09:00:00.000Z',
    ...reasonOf('no_way', { place: '10.20.4.17:7420' }),
  } as const
  for (const [id, host] of world.hosts) world.hosts.set(id, { ...host, link: { ...host.link, ...away } })
  return world
}

const unclosed = refused(['pattern'], 'parenthesis_open')
const busy = () => busyWorld()

/** The search in every state, and the versions of what it finds. */
export const SEARCH_SCENES: readonly Scene[] = [
  { id: 'search', path: '/search', world: busy },
  { id: 'search-repository', path: `${repository}&text=nginx`, world: busy, act: found('nginx.conf', 'ArrowDown') },
  {
    id: 'search-everywhere',
    path: '/search?text=nginx.conf',
    world: busy,
    act: found('could not be searched', 'ArrowDown', 'ArrowDown', 'ArrowRight'),
  },
  { id: 'search-snapshot', path: `${snapshot}&text=*.conf&kind=glob`, world: busy, act: found('pg_hba.conf') },
  {
    id: 'search-filters',
    path: `${repository}&text=sql&types=files&least=1+GB&modified=between&from=2026-11-01&until=2026-11-20`,
    world: busy,
  },
  { id: 'search-going-on', path: '/search?text=nginx', world: () => busyWorld({ slow: new Set(['db-01', 'web-01']) }) },
  {
    id: 'search-waiting',
    path: '/search?text=nginx',
    world: () => busyWorld({ answers: new Map([['search.find', 'never']]) }),
  },
  {
    id: 'search-limit',
    path: `${repository}&text=IM_`,
    world: busy,
    act: found('The first 10', 'ArrowDown', 'ArrowDown'),
  },
  { id: 'search-nothing', path: `${repository}&text=nginz`, world: busy, act: found('Nothing matches') },
  { id: 'search-all-failed', path: '/search?text=nginx', world: everyHostAway },
  {
    id: 'search-wrong-pattern',
    path: '/search?text=%28nginx&kind=regular-expression',
    world: () => busyWorld({ answers: new Map([['search.find', unclosed]]) }),
  },
  { id: 'search-wrong-size', path: repository, world: busy, act: () => fill('Size at least', 'big') },
  {
    id: 'search-odd-names',
    path: '/search?in=repository&host=local&repository=laptop&text=%5E(bad%7Cline%7Ctrail%7Ca%5C*%7C-%7Cna)&kind=regular-expression',
    world: busy,
  },
  {
    id: 'versions',
    path: `${repository}&text=nginx.conf`,
    world: busy,
    act: found('nginx.conf', 'ArrowDown', 'ArrowDown', 'v'),
  },
  {
    id: 'versions-folder',
    path: `${repository}&text=postgresql`,
    world: busy,
    act: found('postgresql', 'ArrowDown', 'v'),
  },
  {
    id: 'versions-loading',
    path: `${repository}&text=nginx.conf`,
    world: () => busyWorld({ answers: new Map([['versions.list', 'never']]) }),
    act: found('nginx.conf', 'ArrowDown', 'v'),
  },
  {
    id: 'versions-error',
    path: `${repository}&text=nginx.conf`,
    world: () =>
      busyWorld({
        answers: new Map([
          ['versions.list', new Fault('unreachable', { host: 'db-01', ...reasonOf('agent_stopping') })],
        ]),
      }),
    act: found('nginx.conf', 'ArrowDown', 'v'),
  },
]
