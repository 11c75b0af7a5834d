import { plural, t } from '@lingui/core/macro'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { FurtherRestore, RestorePlan, RestoreSource } from '../../../contract/shapes/restore.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { formatBytes, formatCount, formatMoment } from '../../components/format.ts'

export type SnapshotOf = (id: string) => Snapshot | undefined

/** Exactly what will happen, in one sentence, with what is applied and what is not in a second. */
export function sentenceOf(host: HostView, plan: RestorePlan, snapshotOf: SnapshotOf): string {
  const { target } = plan.manner
  const where = host.local ? t`on this computer` : t`on ${host.name}`
  const from = fromWords(plan.sources, snapshotOf)
  const begin = plan.follows === null ? '' : `${followsWords(plan.follows)}: `
  const amount = `${plural(plan.files, { one: '# file', other: '# files' })}, ${formatBytes(plan.bytes)}`
  if (plan.fresh && target.kind !== 'in-place') {
    const folder = target.kind === 'staging' ? t`a fresh folder` : showFileName(plan.targetPath)
    return capital(t`${begin}restore ${amount}, ${from} into ${folder} ${where}. Owners are not applied.`)
  }
  const changes = changeWords(plan)
  const written = plan.files === 0 ? t`no file is written` : t`${amount}, are written ${from}`
  if (target.kind === 'in-place')
    return capital(
      t`${begin}${where}, in the original places: ${changes}; ${written}. Owners, modes and times are applied.`,
    )
  return capital(
    t`${begin}in ${showFileName(plan.targetPath)} ${where}: ${changes}; ${written}. Owners are not applied.`,
  )
}

/** `delete 3 items, change 12 and create 200`. */
export function changeWords({ totals }: Pick<RestorePlan, 'totals'>): string {
  const changes = [
    { count: totals.delete.items, word: t`delete` },
    { count: totals.update.items, word: t`change` },
    { count: totals.create.items, word: t`create` },
  ].filter(({ count }) => count > 0)
  const said = changes.map(({ count, word }, at) =>
    at === 0 ? `${word} ${plural(count, { one: '# item', other: '# items' })}` : `${word} ${formatCount(count)}`,
  )
  const last = said.at(-1)
  if (last === undefined) return t`change nothing`
  return said.length === 1 ? last : t`${said.slice(0, -1).join(', ')} and ${last}`
}

function fromWords(sources: readonly RestoreSource[], snapshotOf: SnapshotOf): string {
  const [first] = sources
  if (first === undefined) return t`from no snapshot`
  if (sources.length > 1) return t`from ${plural(sources.length, { one: '# snapshot', other: '# snapshots' })}`
  const snapshot = snapshotOf(first.snapshotId)
  return snapshot === undefined
    ? t`from snapshot ${first.snapshotId.slice(0, 8)}`
    : t`from ${snapshot.hostname}’s snapshot of ${formatMoment(new Date(snapshot.time))}`
}

/** What a restore that follows from a run is, as the page's title and the sentence begin. */
export function followsWords({ kind }: Pick<FurtherRestore, 'kind'>): string {
  switch (kind) {
    case 'resume':
      return t`go on with the restore that stopped`
    case 'retry':
      return t`try again what failed`
    case 'revert':
      return t`revert the restore`
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
