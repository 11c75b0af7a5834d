import { Fault } from '../../contract/errors.ts'
import type { Connection } from '../connection.ts'
import type { Journal } from '../journal/open-journal.ts'

const SETTING = 'workspace'

/** The tenant that this host belongs to; null before its administrator has named one. */
export function workspaceOf(journal: Pick<Journal, 'settings'>): string | null {
  return journal.settings.get(SETTING) ?? null
}

export function settleWorkspace(journal: Pick<Journal, 'settings'>, workspace: string): void {
  journal.settings.put(SETTING, workspace)
}

/**
 * Whoever calls for a workspace must call for the host's, whatever their role. Throws `forbidden` (`workspace`), and
 * never says what is or is not there.
 */
export function requireWorkspace(ofHost: string | null, { workspace }: Connection): void {
  if (workspace !== null && workspace !== ofHost) throw new Fault('forbidden', { needs: 'workspace' })
}
