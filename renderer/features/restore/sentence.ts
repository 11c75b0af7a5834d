import { plural, t } from '@lingui/core/macro'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { FurtherRestore, RestorePlan, RestoreSource } from '../../../contract/shapes/restore.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { formatBytes, formatCount, formatList, formatMoment } from '../../components/format.ts'

export type SnapshotOf = (id: string) => Snapshot | undefined

/** Exactly what will happen, in one sentence, with what is applied and what is not in a second. */
export function sentenceOf(host: HostView, plan: RestorePlan, snapshotOf: SnapshotOf): string {
  if (plan.manner.target.kind === 'in-place') return inPlaceWords(host, plan, snapshotOf)
  const where = whereWords(host)
  const follows = plan.follows === null ? null : followsWords(plan.follows)
  if (plan.fresh) {
    const [amount, from] = [amountWords(plan), fromWords(plan.sources, snapshotOf)]
    const folder = plan.manner.target.kind === 'staging' ? t`a fresh folder` : showFileName(plan.targetPath)
    return follows === null
      ? t`Restore ${amount}, ${from} into ${folder} ${where}. Owners are not applied.`
      : t`${follows}: restore ${amount}, ${from} into ${folder} ${where}. Owners are not applied.`
  }
  const [changes, written] = [changeWords(plan), writtenWords(plan, snapshotOf)]
  const folder = showFileName(plan.targetPath)
  return follows === null
    ? t`In ${folder} ${where}: ${changes}; ${written}. Owners are not applied.`
    : t`${follows}: in ${folder} ${where}: ${changes}; ${written}. Owners are not applied.`
}

function inPlaceWords(host: HostView, plan: RestorePlan, snapshotOf: SnapshotOf): string {
  const [changes, written] = [changeWords(plan), writtenWords(plan, snapshotOf)]
  if (plan.follows !== null) {
    const [follows, where] = [followsWords(plan.follows), whereWords(host)]
    return t`${follows}: ${where}, in the original places: ${changes}; ${written}. Owners, modes and times are applied.`
  }
  return host.local
    ? t`On this computer, in the original places: ${changes}; ${written}. Owners, modes and times are applied.`
    : t`On ${{ host: host.name }}, in the original places: ${changes}; ${written}. Owners, modes and times are applied.`
}

function whereWords({ local, name }: HostView): string {
  return local ? t`on this computer` : t`on ${{ host: name }}`
}

function amountWords({ files, bytes }: RestorePlan): string {
  return `${plural(files, { one: '# file', other: '# files' })}, ${formatBytes(bytes)}`
}

function writtenWords(plan: RestorePlan, snapshotOf: SnapshotOf): string {
  const [amount, from] = [amountWords(plan), fromWords(plan.sources, snapshotOf)]
  return plan.files === 0 ? t`no file is written` : t`${amount}, are written ${from}`
}

/** `delete 3 items, change 12 and create 200`. */
export function changeWords({ totals }: Pick<RestorePlan, 'totals'>): string {
  const [deleted, changed, created] = [totals.delete.items, totals.update.items, totals.create.items]
  const isFirst = deleted === 0
  const said = [
    ...(deleted === 0 ? [] : [plural(deleted, { one: 'delete # item', other: 'delete # items' })]),
    ...(changed === 0 ? [] : [changedWords(changed, isFirst)]),
    ...(created === 0 ? [] : [createdWords(created, isFirst && changed === 0)]),
  ]
  return said.length === 0 ? t`change nothing` : formatList(said)
}

/** Only the first of several says what is counted. */
function changedWords(count: number, isFirst: boolean): string {
  return isFirst
    ? plural(count, { one: 'change # item', other: 'change # items' })
    : t`change ${{ count: formatCount(count) }}`
}

function createdWords(count: number, isFirst: boolean): string {
  return isFirst
    ? plural(count, { one: 'create # item', other: 'create # items' })
    : t`create ${{ count: formatCount(count) }}`
}

function fromWords(sources: readonly RestoreSource[], snapshotOf: SnapshotOf): string {
  const [first] = sources
  if (first === undefined) return t`from no snapshot`
  if (sources.length > 1) return plural(sources.length, { one: 'from # snapshot', other: 'from # snapshots' })
  const snapshot = snapshotOf(first.snapshotId)
  return snapshot === undefined
    ? t`from snapshot ${{ id: first.snapshotId.slice(0, 8) }}`
    : t`from ${{ machine: snapshot.hostname }}’s snapshot of ${{ moment: formatMoment(new Date(snapshot.time)) }}`
}

/** What a restore that follows from a run is, as the sentence begins. */
function followsWords({ kind }: Pick<FurtherRestore, 'kind'>): string {
  switch (kind) {
    case 'resume':
      return t`Resume the restore that stopped`
    case 'retry':
      return t`Try again what failed`
    case 'revert':
      return t`Revert the restore`
  }
}
