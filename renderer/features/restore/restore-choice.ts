import { isFault } from '../../../contract/errors.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RestorePlan, RestoreRequest, Selection } from '../../../contract/shapes/restore.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { formatBytes, formatMoment, formatNumberOf } from '../../components/format.ts'

/** What the wizard's fields hold; what is not chosen yet is null or empty. */
export interface RestoreChoice {
  readonly repositoryId: string | null
  readonly snapshot: Snapshot | null
  readonly selection: Selection | null
  readonly target: 'staging' | 'path'
  /** The chosen folder, as it was typed. */
  readonly folder: string
}

export const WHOLE_SNAPSHOT: Selection = { include: ['/'], exclude: [] }

export function isWhole(selection: Selection): boolean {
  return selection.include.includes('/') && selection.exclude.length === 0
}

/** How far the wizard has come: a section can be used when the ones before it are complete. */
export function openSections(choice: RestoreChoice): { readonly where: boolean; readonly confirm: boolean } {
  const where = choice.repositoryId !== null && choice.snapshot !== null && choice.selection !== null
  return { where, confirm: where && (choice.target === 'staging' || problemWithFolder(choice.folder) === null) }
}

/** Why a folder cannot be the target, in a sentence; null when it may be. What is in it, the plan finds out. */
export function problemWithFolder(folder: string): string | null {
  if (folder.trim() === '') return 'Say which folder.'
  if (!folder.startsWith('/')) return 'A folder begins with “/”.'
  return /^\/+$/.test(folder) ? 'Not the root folder itself.' : null
}

/** What the agent is asked for; null until all of it is chosen. */
export function requestOf(choice: RestoreChoice): RestoreRequest | null {
  const { repositoryId, snapshot, selection, target, folder } = choice
  if (repositoryId === null || snapshot === null || selection === null || !openSections(choice).confirm) return null
  return {
    repositoryId,
    snapshotId: snapshot.id,
    selection,
    target: target === 'staging' ? { kind: 'staging' } : { kind: 'path', path: folder },
  }
}

export type Obstacle = 'incomplete' | 'no-plan' | 'unreachable' | 'no-restic' | 'no-space' | 'nothing'

/** What stands in the way of starting; null when it can start now. */
export function obstacleTo(host: HostView, choice: RestoreChoice, plan: RestorePlan | null): Obstacle | null {
  if (requestOf(choice) === null) return 'incomplete'
  if (host.link.state !== 'connected') return 'unreachable'
  if (host.agent?.restic === null) return 'no-restic'
  if (plan === null) return 'no-plan'
  if (plan.free !== null && plan.free < plan.bytes) return 'no-space'
  return plan.files === 0 && plan.bytes === 0 && isWhole(choice.selection ?? WHOLE_SNAPSHOT) ? 'nothing' : null
}

/** Exactly what will happen, in one sentence, with what is left out in a second. */
export function sentenceOf(
  host: HostView,
  snapshot: Snapshot,
  { plan, target }: { plan: RestorePlan; target: RestoreChoice['target'] },
): string {
  const amount = `${formatNumberOf(plan.files, 'file')}, ${formatBytes(plan.bytes)}`
  const from = `from ${snapshot.hostname}’s snapshot of ${formatMoment(new Date(snapshot.time))}`
  const folder = target === 'staging' ? 'a fresh folder' : plan.targetPath
  const where = host.local ? 'on this computer' : `on ${host.name}`
  return `Restore ${amount}, ${from} into ${folder} ${where}. Owners are not applied.`
}

/** What stands in the way, in a sentence; empty where the screen says it already. */
export function obstacleWords(obstacle: Obstacle): string {
  switch (obstacle) {
    case 'incomplete':
    case 'no-plan':
      return ''
    case 'unreachable':
      return 'The host cannot be reached now. It starts once the link is back.'
    case 'no-restic':
      return 'The host has no restic that will do. Install it there first.'
    case 'no-space':
      return 'There is not enough room at the target. Choose another folder, or less.'
    case 'nothing':
      return 'There is nothing in this snapshot to restore.'
  }
}

/** Whether a plan failed for the folder that was chosen. */
export function concernsTarget(error: unknown): boolean {
  return isFault(error, 'conflict') && error.data.what.startsWith('target_')
}
