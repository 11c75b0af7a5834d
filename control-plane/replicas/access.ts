import type { Declaration } from '../store/declaration-store.ts'

/** Who may read what: a group's backups of a type. */
export interface Access {
  readonly consumerId: string
  readonly groupId: string
  readonly type: string
}

type Covering = Access & Pick<Declaration, 'id' | 'enabled'>

/** Whether an enabled one of the declarations covers it. What is advertised does not matter. */
export function covers(declarations: readonly Covering[], { consumerId, groupId, type }: Access): boolean {
  return declarations.some(
    (one) => one.enabled && one.consumerId === consumerId && one.groupId === groupId && one.type === type,
  )
}

/** What its consumer may read because of a declaration, and could not without: empty where another covers it, or it is disabled. */
export function grantsOf(declaration: Covering, declarations: readonly Covering[]): Access[] {
  const others = declarations.filter(({ id }) => id !== declaration.id)
  if (!declaration.enabled || covers(others, declaration)) return []
  const { consumerId, groupId, type } = declaration
  return [{ consumerId, groupId, type }]
}
