import type { StoredNode } from '../repository/stored-node.ts'

/** What Go takes for a time that was not recorded. */
const NO_TIME = '0001-01-01T00:00:00Z'
const MOMENT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/

/**
 * True for two records of which restic says that nothing but what the node holds may differ (`Node.Equals` in its
 * `internal/data/node.go`, content and subtree left out).
 */
export function sameMetadata(one: StoredNode, other: StoredNode): boolean {
  return (
    one.type === other.type &&
    one.mode === other.mode &&
    sameMoment(one.modified, other.modified) &&
    sameMoment(one.accessed, other.accessed) &&
    sameMoment(one.changed, other.changed) &&
    one.uid === other.uid &&
    one.gid === other.gid &&
    one.user === other.user &&
    one.group === other.group &&
    one.inode === other.inode &&
    one.deviceId === other.deviceId &&
    one.size === other.size &&
    one.links === other.links &&
    one.linkTarget === other.linkTarget &&
    one.device === other.device &&
    one.error === other.error &&
    sameAttributes(one, other) &&
    sameGeneric(one, other)
  )
}

/** True for two files that hold the same. */
export function sameContent({ content }: StoredNode, { content: other }: StoredNode): boolean {
  return content.length === other.length && content.every((id, at) => id === other[at])
}

/** True for one moment, in whichever zone it was written down. */
export function sameMoment(one: string | null, other: string | null): boolean {
  return one === other || momentOf(one ?? NO_TIME) === momentOf(other ?? NO_TIME)
}

function momentOf(text: string): string {
  const [, seconds, fraction = '', zone] = MOMENT.exec(text) ?? []
  return seconds === undefined ? text : `${Date.parse(`${seconds}${zone}`)} ${fraction.padEnd(9, '0')}`
}

function sameAttributes({ attributes }: StoredNode, { attributes: others }: StoredNode): boolean {
  if (attributes.length !== others.length) return false
  const values = new Map(others.map(({ name, value }) => [name, value]))
  return attributes.every(({ name, value }) => values.get(name)?.equals(value) === true)
}

function sameGeneric({ generic }: StoredNode, { generic: other }: StoredNode): boolean {
  const keys = Object.keys(generic)
  if (keys.length !== Object.keys(other).length) return false
  return keys.every((key) => Object.hasOwn(other, key) && JSON.stringify(generic[key]) === JSON.stringify(other[key]))
}
