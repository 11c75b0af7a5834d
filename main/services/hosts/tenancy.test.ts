import { expect, test } from 'vitest'
import type { HostRecord } from '../../store/index.ts'
import { requireSameTenant } from './tenancy.ts'

const madeAt = '2026-11-21T03:00:00.000Z'
const workspaces = {
  list: () => [
    { id: 'first', name: 'This computer', color: 'teal' as const, madeAt },
    { id: 'clinics', name: 'clinics', color: 'plum' as const, madeAt },
  ],
}

function hostIn(workspaceId: string, workspace: string | null): HostRecord {
  const none = { labels: [], pinned: false, agentId: null, addedAt: madeAt, lastSeenAt: null }
  return { id: `${workspaceId} ${workspace}`, name: 'host', door: { kind: 'local' }, workspaceId, workspace, ...none }
}

test.each([
  ['a host that names none comes anywhere', null, 'first', [hostIn('first', 'ops')], true],
  ['the first that names one settles it', 'ops', 'first', [hostIn('first', null)], true],
  ['the next names the same', 'ops', 'first', [hostIn('first', 'ops')], true],
  ['or is refused', 'dev', 'first', [hostIn('first', 'ops')], false],
  ['what names another workspace belongs there', 'clinics', 'first', [], false],
  ['and comes there', 'clinics', 'clinics', [], true],
  ['two workspaces do not share a tenant', 'ops', 'clinics', [hostIn('first', 'ops')], false],
  ['unless they did before', 'ops', 'clinics', [hostIn('first', 'ops'), hostIn('clinics', 'ops')], true],
])('%s', (...row) => {
  const [, named, workspaceId, records, fits] = row
  const require = (): void => requireSameTenant(named, { records, workspaces, workspaceId })
  if (fits) expect(require).not.toThrow()
  else expect(require).toThrow(expect.objectContaining({ data: { what: 'other_workspace', detail: named } }))
})
