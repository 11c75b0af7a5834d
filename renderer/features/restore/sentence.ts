import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { FurtherRestore, RestorePlan, RestoreSource } from '../../../contract/shapes/restore.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { formatBytes, formatCount, formatMoment, formatNumberOf } from '../../components/format.ts'

export type SnapshotOf = (id: string) => Snapshot | undefined

/** Exactly what will happen, in one sentence, with what is applied and what is not in a second. */
export function sentenceOf(host: HostView, plan: RestorePlan, snapshotOf: SnapshotOf): string {
  const { target } = plan.manner
  const where = host.local ? 'on this computer' : `on ${host.name}`
  const from = fromWords(plan.sources, snapshotOf)
  const begin = plan.follows === null ? '' : `${followsWords(plan.follows)}: `
  const amount = `${formatNumberOf(plan.files, 'file')}, ${formatBytes(plan.bytes)}`
  if (plan.fresh && target.kind !== 'in-place') {
    const folder = target.kind === 'staging' ? 'a fresh folder' : showFileName(plan.targetPath)
    return capital(`${begin}restore ${amount}, ${from} into ${folder} ${where}. Owners are not applied.`)
  }
  const changes = changeWords(plan)
  const written = plan.files === 0 ? 'no file is written' : `${amount}, are written ${from}`
  if (target.kind === 'in-place')
    return capital(
      `${begin}${where}, in the original places: ${changes}; ${written}. Owners, modes and times are applied.`,
    )
  return capital(
    `${begin}in ${showFileName(plan.targetPath)} ${where}: ${changes}; ${written}. Owners are not applied.`,
  )
}

/** `delete 3 items, change 12 and create 200`. */
export function changeWords({ totals }: Pick<RestorePlan, 'totals'>): string {
  const changes = [
    { count: totals.delete.items, word: 'delete' },
    { count: totals.update.items, word: 'change' },
    { count: totals.create.items, word: 'create' },
  ].filter(({ count }) => count > 0)
  const said = changes.map(({ count, word }, at) =>
    at === 0 ? `${word} ${formatNumberOf(count, 'item')}` : `${word} ${formatCount(count)}`,
  )
  const last = said.at(-1)
  if (last === undefined) return 'change nothing'
  return said.length === 1 ? last : `${said.slice(0, -1).join(', ')} and ${last}`
}

function fromWords(sources: readonly RestoreSource[], snapshotOf: SnapshotOf): string {
  const [first] = sources
  if (first === undefined) return 'from no snapshot'
  if (sources.length > 1) return `from ${formatNumberOf(sources.length, 'snapshot')}`
  const snapshot = snapshotOf(first.snapshotId)
  return snapshot === undefined
    ? `from snapshot ${first.snapshotId.slice(0, 8)}`
    : `from ${snapshot.hostname}’s snapshot of ${formatMoment(new Date(snapshot.time))}`
}

/** What a restore that follows from a run is, as the page's title and the sentence begin. */
export function followsWords({ kind }: Pick<FurtherRestore, 'kind'>): string {
  switch (kind) {
    case 'resume':
      return 'go on with the restore that stopped'
    case 'retry':
      return 'try again what failed'
    case 'revert':
      return 'revert the restore'
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
