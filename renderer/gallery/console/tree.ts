import { type RowOf, toColumns } from '../../../contract/shapes/columns.ts'
import type { NodeColumns, NodeType } from '../../../contract/shapes/tree.ts'
import { hexId, scramble } from './ids.ts'
import { before } from './moments.ts'

type Node = RowOf<NodeColumns>

export const ROOT_TREE = hexId('tree:/')
const NODE_KEYS = ['name', 'type', 'size', 'modified', 'mode', 'treeId', 'linkTarget'] as const

const MODES: Readonly<Partial<Record<NodeType, number>>> = { dir: 0o755, symlink: 0o777 }

function node(path: string, type: NodeType, fields: Partial<Node> = {}): Node {
  const luck = scramble(path)
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    type,
    size: type === 'file' ? luck % 190_000 : 0,
    modified: before({ days: luck % 300, minutes: luck % 1440 }).replace('Z', '123456+00:00'),
    mode: MODES[type] ?? 0o644,
    treeId: type === 'dir' ? hexId(`tree:${path}`) : null,
    linkTarget: null,
    ...fields,
  }
}

const directory = (path: string): Node => node(path, 'dir')
const file = (path: string, size?: number): Node => node(path, 'file', size === undefined ? {} : { size })

const MIB = 1024 ** 2

const LISTINGS: Readonly<Record<string, readonly Node[]>> = {
  '/': ['/etc', '/home', '/srv', '/var'].map(directory),
  '/etc': [
    directory('/etc/nginx'),
    directory('/etc/postgresql'),
    file('/etc/fstab', 812),
    file('/etc/hosts', 241),
    node('/etc/localtime', 'symlink', { linkTarget: '/usr/share/zoneinfo/Europe/Zurich' }),
    file('/etc/passwd', 1_904),
    node('/etc/shadow', 'file', { size: 1_122, mode: 0o640 }),
  ],
  '/etc/nginx': [
    directory('/etc/nginx/sites-enabled'),
    file('/etc/nginx/mime.types', 3_957),
    file('/etc/nginx/nginx.conf', 1_446),
  ],
  '/etc/nginx/sites-enabled': [file('/etc/nginx/sites-enabled/clinic.example', 2_210)],
  '/etc/postgresql': [
    directory('/etc/postgresql/15'),
    node('/etc/postgresql/pg_hba.conf', 'file', { size: 6_041, mode: 0o640 }),
    file('/etc/postgresql/postgresql.conf', 29_812),
  ],
  '/etc/postgresql/15': [],
  '/home': [directory('/home/maria')],
  '/home/maria': [
    file('/home/maria/-rf', 3),
    file('/home/maria/a*b?[c].txt', 44),
    file('/home/maria/bad\udcffname', 12),
    file('/home/maria/line\nbreak', 194),
    file('/home/maria/naïve “report” (final).odt', 49_152),
    file('/home/maria/trailing ', 5),
    file('/home/maria/🦊.png', 88_001),
  ],
  '/srv': [directory('/srv/dumps'), directory('/srv/share')],
  '/srv/dumps': [
    node('/srv/dumps/clinic-2026-11-21.sql.zst', 'file', { size: 1_229 * MIB, mode: 0o600 }),
    node('/srv/dumps/clinic-2026-11-20.sql.zst', 'file', { size: 1_227 * MIB, mode: 0o600 }),
  ],
  '/srv/share': [directory('/srv/share/radiology')],
  '/var': [directory('/var/lib'), directory('/var/log')],
  '/var/lib': [],
  '/var/log': [file('/var/log/syslog', 3 * MIB)],
}

const RADIOLOGY = '/srv/share/radiology'
const IMAGES = 100_000

/** One page of a directory of the gallery's snapshot; undefined when no directory has that tree id. */
export function listTree(
  treeId: string,
  offset: number,
  limit: number,
): { total: number; nodes: NodeColumns } | undefined {
  if (treeId === hexId(`tree:${RADIOLOGY}`)) {
    const length = Math.max(0, Math.min(limit, IMAGES - offset))
    const images = Array.from({ length }, (_, at) =>
      file(`${RADIOLOGY}/IM_${String(offset + at).padStart(5, '0')}.dcm`, 511_000 + (at % 4_000)),
    )
    return { total: IMAGES, nodes: toColumns(images, NODE_KEYS) }
  }
  const path = Object.keys(LISTINGS).find((candidate) => hexId(`tree:${candidate}`) === treeId)
  const nodes = path === undefined ? undefined : LISTINGS[path]
  if (nodes === undefined) return undefined
  return { total: nodes.length, nodes: toColumns(nodes.slice(offset, offset + limit), NODE_KEYS) }
}
