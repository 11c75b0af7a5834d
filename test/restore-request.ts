import type { NewRestore, RestoreManner, Target } from '../contract/shapes/restore.ts'
import type { RunSubject } from '../contract/shapes/run.ts'

/** As a restore is meant unless a test says otherwise: to a fresh folder, with nothing in the way. */
export const PLAIN_MANNER: RestoreManner = {
  target: { kind: 'staging' },
  layout: 'full-path',
  conflicts: 'always',
  deleteExtra: false,
  readBack: false,
}

/** A restore of one snapshot: all of it, to staging, unless more is said. */
export function newRestore(
  snapshotId: string,
  more: Partial<NewRestore> & { readonly include?: readonly string[]; readonly exclude?: readonly string[] } = {},
): NewRestore {
  const { include = ['/'], exclude = [], ...fields } = more
  const sources = [{ snapshotId, selection: { include: [...include], exclude: [...exclude] } }]
  return { kind: 'new', repositoryId: 'r', sources, ...PLAIN_MANNER, ...fields }
}

/** What a run of such a restore is about. */
export function restoreSubject(
  { sources, target, layout, conflicts, deleteExtra, readBack }: NewRestore,
  more: Partial<RestoreSubject> = {},
): RestoreSubject {
  return {
    kind: 'restore',
    target,
    layout,
    conflicts,
    deleteExtra,
    readBack,
    sources: sources.map((source) => ({ ...source, snapshotTime: '2026-11-21T02:00:00.000Z' })),
    targetPath: targetPathOf(target),
    planHash: null,
    follows: null,
    reason: '',
    safetySnapshot: null,
    evidence: null,
    ...more,
  }
}

export type RestoreSubject = Extract<RunSubject, { kind: 'restore' }>

function targetPathOf(target: Target): string {
  switch (target.kind) {
    case 'staging':
      return '/var/restic-restore/run'
    case 'path':
      return target.path
    case 'in-place':
      return '/'
  }
}
