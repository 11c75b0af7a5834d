import { type TypeRule, USUAL_TYPE } from '../../contract/control-plane/fleet.ts'

/** What of a snapshot says of which type it is. */
export interface Typed {
  readonly tags: readonly string[]
  readonly paths: readonly string[]
}

const SAID = 'type='

/** The type of a snapshot: what its tag `type=NAME` says, else that of the first rule that fits, else the usual one. */
export function typeOf({ tags, paths }: Typed, rules: readonly TypeRule[]): string {
  const said = tags.find((tag) => tag.startsWith(SAID) && tag.length > SAID.length)
  if (said !== undefined) return said.slice(SAID.length)
  const rule = rules.find((one) =>
    one.by === 'tag' ? tags.includes(one.tag) : paths.some((path) => isWithin(path, one.path)),
  )
  return rule?.type ?? USUAL_TYPE
}

/** Whether a path is a folder or lies in it. */
function isWithin(path: string, folder: string): boolean {
  const bare = folder.replace(/(?<=.)\/+$/, '')
  return path === bare || path.startsWith(bare.endsWith('/') ? bare : `${bare}/`)
}
