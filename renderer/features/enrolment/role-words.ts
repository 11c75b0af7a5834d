import { t } from '@lingui/core/macro'
import type { Role } from '../../../contract/procedure.ts'

/** What a role lets a console do on a host, in words. */
export function roleWords(role: Role): string {
  switch (role) {
    case 'viewer':
      return t`viewer: browse and search`
    case 'operator':
      return t`operator: browse, back up and restore to a fresh folder`
    case 'admin':
      return t`admin: all of it, also in-place restores and credentials`
  }
}
