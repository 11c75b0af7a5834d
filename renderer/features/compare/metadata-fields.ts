import { t } from '@lingui/core/macro'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { NodeDetails } from '../../../contract/shapes/tree.ts'
import { formatBytes, formatCount, formatExact } from '../../components/format.ts'
import { formatMode } from '../../components/format-mode.ts'
import { NODE_TYPE_WORDS } from '../../components/node-types.ts'
import { octal } from './words.ts'

export interface MetadataField {
  readonly name: string
  /** As each side has it; null where that side has no such path. */
  readonly values: readonly (string | null)[]
  /** Not all sides that have the path have the same. */
  readonly differs: boolean
}

interface Reading {
  readonly name: string
  readonly of: (node: NodeDetails) => string
  /** What is compared, where what is shown says less. */
  readonly exact?: (node: NodeDetails) => string
  /** The host tells it too, and as a snapshot does. */
  readonly live?: false
}

const moment = (time: string | null): string => (time === null ? t`not recorded` : formatExact(new Date(time)))

const READINGS: readonly Reading[] = [
  { name: t`Type`, of: ({ type }) => NODE_TYPE_WORDS[type] },
  { name: t`Size`, of: ({ type, size }) => (type === 'file' ? `${formatBytes(size)} (${formatCount(size)})` : '—') },
  {
    name: t`Mode`,
    of: ({ type, mode }) => `${formatMode(type, mode)} ${octal(mode)}`,
    exact: ({ mode }) => octal(mode),
  },
  { name: t`User`, of: ({ uid }) => String(uid) },
  { name: t`Group`, of: ({ gid }) => String(gid) },
  { name: t`User’s name`, of: ({ user }) => user || '—', live: false },
  { name: t`Group’s name`, of: ({ group }) => group || '—', live: false },
  { name: t`Modified`, of: ({ modified }) => moment(modified), exact: ({ modified }) => momentKey(modified) },
  { name: t`Changed`, of: ({ changed }) => moment(changed), exact: ({ changed }) => momentKey(changed) },
  { name: t`Accessed`, of: ({ accessed }) => moment(accessed), exact: ({ accessed }) => momentKey(accessed) },
  { name: t`Points to`, of: ({ linkTarget }) => (linkTarget === null ? '—' : showFileName(linkTarget)) },
  { name: t`Inode`, of: ({ inode }) => inode },
  { name: t`Names`, of: ({ links }) => formatCount(links) },
  { name: t`Device`, of: ({ device }) => device ?? '—' },
  {
    name: t`Attributes`,
    of: ({ attributes }) => attributes.map(({ name, bytes }) => `${name} (${bytes})`).join(', ') || t`none`,
    exact: ({ attributes }) => JSON.stringify(attributes.toSorted((one, other) => (one.name < other.name ? -1 : 1))),
    live: false,
  },
  { name: t`Pieces`, of: ({ pieces }) => formatCount(pieces), live: false },
  { name: t`Trouble`, of: ({ error }) => error || t`none`, live: false },
]

export interface MetadataSide {
  /** Null where the side has no such path. */
  readonly node: NodeDetails | null
  /** It is the host now, which does not tell all. */
  readonly isLive: boolean
}

/** All that is kept of a path on each side, with what differs. */
export function metadataFields(sides: readonly MetadataSide[]): MetadataField[] {
  return READINGS.map(({ name, of, exact = of, live }) => {
    const told = sides.flatMap(({ node, isLive }) => (node === null || (isLive && live === false) ? [] : [node]))
    const [first] = told
    const values = sides.map(({ node, isLive }) => {
      if (node === null) return null
      if (isLive && live === false) return t`not told`
      const isAnother = first !== undefined && of(node) === of(first) && exact(node) !== exact(first)
      const value = of(node)
      return isAnother ? t`${value}, not the same` : value
    })
    return { name, values, differs: new Set(told.map(exact)).size > 1 }
  })
}

/** One text for one moment, whatever zone it was written down in and however many digits. */
function momentKey(time: string | null): string {
  if (time === null) return ''
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? ''
  return `${Math.floor(Date.parse(time) / 1000)} ${fraction.padEnd(9, '0')}`
}
