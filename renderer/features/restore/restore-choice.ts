import { t } from '@lingui/core/macro'
import { isFault } from '../../../contract/errors.ts'
import type {
  ConflictMode,
  Layout,
  NewRestore,
  RestoreManner,
  RestoreSource,
  Selection,
  Target,
} from '../../../contract/shapes/restore.ts'
import type { RestoreDefault } from '../../../contract/shapes/restore-default.ts'

/** Where it goes and how, as the fields hold it. */
export interface ChosenManner {
  readonly target: Target['kind']
  /** The chosen folder, as it was typed. */
  readonly folder: string
  readonly layout: Layout
  readonly conflicts: ConflictMode
  readonly deleteExtra: boolean
  readonly readBack: boolean
}

/** What the page's fields hold; what is not chosen yet is null or empty. */
export interface RestoreChoice {
  readonly repositoryId: string | null
  readonly sources: readonly RestoreSource[]
  /** Two of the sources hold the same path. */
  readonly hasClash: boolean
  readonly manner: ChosenManner
}

export const USUAL_MANNER: ChosenManner = {
  target: 'staging',
  folder: '',
  layout: 'full-path',
  conflicts: 'always',
  deleteExtra: false,
  readBack: true,
}

/** What the fields hold first on a host for which this is the default. */
export function mannerOfDefault({ target, conflicts, readBack }: RestoreDefault): ChosenManner {
  const folder = target.kind === 'path' ? target.path : ''
  return { ...USUAL_MANNER, target: target.kind, folder, conflicts, readBack }
}

export function isWhole(selection: Selection): boolean {
  return selection.include.includes('/') && selection.exclude.length === 0
}

/** How far the page has come: a section can be used when the ones before it are complete. */
export function openSections(choice: RestoreChoice): { readonly where: boolean; readonly plan: boolean } {
  const where = choice.repositoryId !== null && choice.sources.length > 0 && !choice.hasClash
  return { where, plan: where && (choice.manner.target !== 'path' || problemWithFolder(choice.manner.folder) === null) }
}

/** Why a folder cannot be the target, in a sentence; null when it may be. What is in it, the plan finds out. */
export function problemWithFolder(folder: string): string | null {
  if (folder.trim() === '') return t`Say which folder.`
  if (!folder.startsWith('/')) return t`A folder begins with “/”.`
  return /^\/+$/.test(folder) ? t`Not the root folder itself.` : null
}

/** What the agent is asked for; null until all of it is chosen. What has no meaning for the target is as usual. */
export function requestOf(choice: RestoreChoice): NewRestore | null {
  const { repositoryId, sources } = choice
  if (repositoryId === null || !openSections(choice).plan) return null
  return {
    kind: 'new',
    repositoryId,
    sources: sources.map(({ snapshotId, selection: { include, exclude } }) => ({
      snapshotId,
      selection: { include, exclude },
    })),
    ...mannerOf(choice.manner),
  }
}

function mannerOf({ target, folder, layout, conflicts, deleteExtra, readBack }: ChosenManner): RestoreManner {
  switch (target) {
    case 'staging':
      return { target: { kind: target }, layout, conflicts: USUAL_MANNER.conflicts, deleteExtra: false, readBack }
    case 'path':
      return { target: { kind: target, path: folder }, layout, conflicts, deleteExtra: false, readBack }
    case 'in-place':
      return { target: { kind: target }, layout: 'full-path', conflicts, deleteExtra, readBack }
  }
}

/** Whether a plan failed for the folder that was chosen. */
export function concernsTarget(error: unknown): boolean {
  return (
    isFault(error, 'conflict') && (error.data.what.startsWith('target_') || error.data.what === 'path_not_confinable')
  )
}
