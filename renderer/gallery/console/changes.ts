import { type RowOf, toColumns } from '../../../contract/shapes/columns.ts'
import type {
  ChangeColumns,
  ChangeKind,
  ChangeListEvent,
  RollUp,
  RollUpEvent,
} from '../../../contract/shapes/compare.ts'
import type { NodeType } from '../../../contract/shapes/tree.ts'
import { hexId, scramble } from './ids.ts'
import { before } from './moments.ts'
import { ROOT_TREE } from './tree.ts'

type Row = RowOf<ChangeColumns>

const FIELDS = [
  'name',
  'kind',
  'bitRot',
  'typeBefore',
  'typeAfter',
  'sizeBefore',
  'sizeAfter',
  'modifiedBefore',
  'modifiedAfter',
  'modeBefore',
  'modeAfter',
  'treeBefore',
  'treeAfter',
  'linkBefore',
  'linkAfter',
  'rollUp',
] as const satisfies readonly (keyof Row)[]

const NOTHING = {
  added: 0,
  addedBytes: 0,
  removed: 0,
  removedBytes: 0,
  modified: 0,
  modifiedBytesBefore: 0,
  modifiedBytesAfter: 0,
  retyped: 0,
  metadata: 0,
} satisfies RollUp
const MIB = 1024 ** 2
const SCANS = 20_000

function change(path: string, kind: ChangeKind, type: NodeType, fields: Partial<Row> = {}): Row {
  const luck = scramble(path)
  const size = type === 'file' ? luck % 90_000 : 0
  const was = kind !== 'added'
  const is = kind !== 'removed'
  const mode = type === 'dir' ? 0o755 : 0o644
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    kind,
    bitRot: false,
    typeBefore: was ? type : null,
    typeAfter: is ? type : null,
    sizeBefore: was ? size : 0,
    sizeAfter: is ? (kind === 'modified' ? size + (luck % 4000) : size) : 0,
    modifiedBefore: was ? before({ days: 9 + (luck % 200), minutes: luck % 1440 }) : '',
    modifiedAfter: is ? before({ days: luck % 6, minutes: luck % 1440 }) : '',
    modeBefore: was ? mode : 0,
    modeAfter: is ? mode : 0,
    treeBefore: was && type === 'dir' ? hexId(`tree:${path}#before`) : null,
    treeAfter: is && type === 'dir' ? hexId(`tree:${path}`) : null,
    linkBefore: null,
    linkAfter: null,
    rollUp: null,
    ...fields,
  }
}

const EMPTY = hexId('tree:/etc/postgresql/15')

const LEVELS: Readonly<Record<string, readonly Row[]>> = {
  '/': [
    change('/etc', 'inside', 'dir'),
    change('/home', 'inside', 'dir'),
    change('/srv', 'inside', 'dir'),
    change('/var', 'inside', 'dir'),
  ],
  '/etc': [
    change('/etc/nginx', 'inside', 'dir'),
    change('/etc/postgresql', 'inside', 'dir'),
    change('/etc/hosts', 'modified', 'file', { sizeBefore: 214, sizeAfter: 241 }),
    change('/etc/localtime', 'retyped', 'symlink', {
      typeBefore: 'file',
      linkAfter: '/usr/share/zoneinfo/Europe/Zurich',
    }),
    change('/etc/passwd', 'metadata', 'file', { modeBefore: 0o640, sizeBefore: 1904, sizeAfter: 1904 }),
  ],
  '/etc/nginx': [
    change('/etc/nginx/nginx.conf', 'modified', 'file', { sizeBefore: 1398, sizeAfter: 1446 }),
    change('/etc/nginx/nginx.conf.before-upgrade', 'removed', 'file', { sizeBefore: 1398 }),
  ],
  '/etc/postgresql': [
    change('/etc/postgresql/15', 'metadata', 'dir', { treeBefore: EMPTY, treeAfter: EMPTY, modeBefore: 0o700 }),
    change('/etc/postgresql/pg_hba.conf', 'metadata', 'file', {
      modeBefore: 0o600,
      modeAfter: 0o640,
      sizeBefore: 6041,
      sizeAfter: 6041,
    }),
    change('/etc/postgresql/postgresql.conf', 'modified', 'file', { sizeBefore: 29_790, sizeAfter: 29_812 }),
  ],
  '/home': [change('/home/maria', 'metadata', 'dir')],
  '/home/maria': [
    change('/home/maria/bad\udcffname', 'removed', 'file', { sizeBefore: 12 }),
    change('/home/maria/line\nbreak', 'modified', 'file', { sizeBefore: 180, sizeAfter: 194 }),
    change('/home/maria/naïve “report” (final).odt', 'modified', 'file', {
      bitRot: true,
      sizeBefore: 49_152,
      sizeAfter: 49_152,
    }),
    change('/home/maria/🦊.png', 'modified', 'file', { sizeBefore: 88_001, sizeAfter: 88_001 }),
  ],
  '/srv': [
    change('/srv/dumps', 'inside', 'dir'),
    change('/srv/share', 'inside', 'dir'),
    change('/srv/old-share', 'removed', 'dir'),
  ],
  '/srv/dumps': [
    change('/srv/dumps/clinic-2026-11-20.sql.zst', 'removed', 'file', { sizeBefore: 1227 * MIB }),
    change('/srv/dumps/clinic-2026-11-21.sql.zst', 'added', 'file', { sizeAfter: 1229 * MIB }),
  ],
  '/srv/share': [change('/srv/share/radiology', 'inside', 'dir')],
  '/srv/old-share': [
    change('/srv/old-share/readme.txt', 'removed', 'file'),
    change('/srv/old-share/scan.pdf', 'removed', 'file'),
  ],
  '/var': [change('/var/log', 'inside', 'dir')],
  '/var/log': [change('/var/log/syslog', 'modified', 'file', { sizeBefore: 2 * MIB, sizeAfter: 3 * MIB })],
}

type Pair = { readonly before: string | null; readonly after: string | null }

/** The paths of a level that differ; undefined when no directory has these ids. */
export function changesAt(pair: Pair): readonly Row[] | undefined {
  const path = pathOf(pair)
  return path === undefined ? undefined : rowsOf(path)
}

function pathOf({ before: earlier, after }: Pair): string | undefined {
  const id = after ?? earlier
  if (id === ROOT_TREE) return '/'
  return [...Object.keys(LEVELS), RADIOLOGY].find((each) =>
    [hexId(`tree:${each}`), hexId(`tree:${each}#before`)].some((one) => one === id),
  )
}

/** The same of the host now: nobody has compared what a file holds whose time alone differs. */
export function liveChangesAt(path: string): readonly Row[] {
  return rowsOf(path.replace(/(?<=.)\/$/, '')).map((row) => {
    const isFolder = row.typeAfter === 'dir' || row.typeBefore === 'dir'
    const kind = isFolder && row.kind === 'inside' ? 'undecided' : row.bitRot ? 'undecided' : row.kind
    return { ...row, kind, bitRot: false, treeAfter: null, rollUp: null }
  })
}

const RADIOLOGY = '/srv/share/radiology'

function rowsOf(path: string): readonly Row[] {
  if (path !== RADIOLOGY) return LEVELS[path] ?? []
  return Array.from({ length: SCANS }, (_, at) =>
    change(`${RADIOLOGY}/IM_${String(at).padStart(5, '0')}.dcm`, at % 3 === 0 ? 'removed' : 'added', 'file'),
  )
}

export function columnsOf(rows: readonly Row[]): ChangeColumns {
  return toColumns(rows, FIELDS)
}

/** A folder's roll-up. */
export function rollUpOf(path: string): typeof NOTHING {
  const sum = { ...NOTHING }
  for (const row of rowsOf(path === '' ? '/' : path)) {
    const below = row.typeAfter === 'dir' || row.typeBefore === 'dir' ? rollUpOf(`${path}/${row.name}`) : NOTHING
    for (const key of Object.keys(sum) as (keyof typeof NOTHING)[]) sum[key] += below[key]
    if (row.kind === 'added') sum.addedBytes += row.sizeAfter
    if (row.kind === 'removed') sum.removedBytes += row.sizeBefore
    if (row.kind === 'modified') {
      sum.modifiedBytesBefore += row.sizeBefore
      sum.modifiedBytesAfter += row.sizeAfter
    }
    if (row.kind in sum) sum[row.kind as 'added'] += 1
  }
  return sum
}

/** A whole comparison; it never ends where the world is slow. */
export async function* rollUpEvents(slow: boolean): AsyncGenerator<RollUpEvent, void> {
  const paths = [...Object.keys(LEVELS).filter((path) => path !== '/'), RADIOLOGY]
  const told = slow ? paths.slice(0, 4) : paths
  const folders = told.map((path) => ({ path, rollUp: rollUpOf(path) }))
  yield { kind: 'folders', folders: toColumns(folders, ['path', 'rollUp']) }
  if (slow) {
    yield { kind: 'looked', directories: 18_204, at: '/srv/share/radiology' }
    await new Promise(() => undefined)
  }
  yield { kind: 'ended', directories: paths.length, rollUp: rollUpOf('') }
}

const MODIFIERS: Readonly<Record<ChangeKind, string>> = {
  added: '+',
  removed: '-',
  modified: 'M',
  retyped: 'T',
  metadata: 'U',
  inside: 'U',
  undecided: '',
  same: '',
}

/** All changes as a list. */
export function* changeEvents(
  wanted: Pair & {
    filter: string
    limit: number
    metadata: boolean
  },
): Generator<ChangeListEvent, void> {
  const from = (pathOf(wanted) ?? '/').replace(/\/$/, '')
  const all = [...listed(from)].map((row) => ({ ...row, path: row.path.slice(from.length) }))
  const found = all.filter(
    ({ path, modifier }) =>
      path.toLowerCase().includes(wanted.filter.toLowerCase()) && (modifier !== 'U' || wanted.metadata),
  )
  const changes = toColumns(found.slice(0, wanted.limit), [
    'path',
    'kind',
    'modifier',
    'typeBefore',
    'typeAfter',
    'sizeBefore',
    'sizeAfter',
  ])
  yield { kind: 'changes', changes }
  yield { kind: 'ended', complete: found.length <= wanted.limit }
}

function* listed(
  folder: string,
): Generator<
  Pick<Row, 'kind' | 'typeBefore' | 'typeAfter' | 'sizeBefore' | 'sizeAfter'> & { path: string; modifier: string }
> {
  for (const row of rowsOf(folder === '' ? '/' : folder)) {
    const { kind, typeBefore, typeAfter, sizeBefore, sizeAfter } = row
    const isFolder = (typeAfter ?? typeBefore) === 'dir'
    const path = `${folder}/${row.name}${isFolder ? '/' : ''}`
    yield { path, kind, modifier: MODIFIERS[kind], typeBefore, typeAfter, sizeBefore, sizeAfter }
    if (isFolder) yield* listed(`${folder}/${row.name}`)
  }
}
