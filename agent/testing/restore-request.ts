import type { NewRestore } from '../../contract/shapes/restore.ts'

/** What most tests restore: everything of one snapshot, to a staging folder. */
export function restoreOf(
  from: { readonly repositoryId: string; readonly snapshotId: string },
  changes: Partial<NewRestore> & { readonly include?: readonly string[]; readonly exclude?: readonly string[] } = {},
): NewRestore {
  const { include = ['/'], exclude = [], ...more } = changes
  return {
    kind: 'new',
    repositoryId: from.repositoryId,
    sources: [{ snapshotId: from.snapshotId, selection: { include: [...include], exclude: [...exclude] } }],
    target: { kind: 'staging' },
    layout: 'full-path',
    conflicts: 'always',
    deleteExtra: false,
    readBack: false,
    ...more,
  }
}
