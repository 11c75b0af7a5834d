import { t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import type { Permission, Role } from '../../../contract/procedure.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { Column } from '../../components/table-columns.ts'
import { roleWords } from '../enrolment/index.ts'

export interface GrantRow {
  readonly id: string
  readonly name: string
  /** Null while its agent was never reached. */
  readonly role: Role | null
  readonly permissions: readonly Permission[]
}

/** What each host grants this console, as its agent said last. */
export function grantsOf(hosts: readonly HostView[]): GrantRow[] {
  return hosts.map(({ id, name, agent }) => ({
    id,
    name,
    role: agent?.granted.role ?? null,
    permissions: agent?.granted.permissions ?? [],
  }))
}

/** What a role leaves out and is granted by itself. */
export function permissionWords(permissions: readonly Permission[]): string {
  return permissions.includes('read-contents') ? t`may look into files` : t`may not look into files`
}

export const GRANT_COLUMNS: readonly Column<GrantRow>[] = [
  {
    id: 'host',
    title: t`Host`,
    width: 'minmax(90px, 0.6fr)',
    cell: ({ name }) => name,
    compare: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  },
  {
    id: 'role',
    title: t`Role`,
    width: 'minmax(160px, 1.6fr)',
    cell: ({ role }) => (role === null ? <Text c="dimmed">{t`not known yet`}</Text> : roleWords(role)),
    compare: (a, b) => (a.role ?? '').localeCompare(b.role ?? ''),
  },
  {
    id: 'permissions',
    title: t`Beside it`,
    width: '150px',
    cell: ({ role, permissions }) => (role === null ? '' : permissionWords(permissions)),
  },
]
