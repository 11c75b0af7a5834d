import type { Declaration } from '../store/declaration-store.ts'
import type { Finding } from '../store/finding-store.ts'
import type { Backup } from '../store/machine-store.ts'
import { keyText, type ReplicaKey, type ReportHead } from '../store/report-rows.ts'
import { judgeOverdue } from './overdue.ts'

/** All that one pass of the sweep looks at. */
export interface ToSweep {
  /** The enabled ones. */
  readonly declarations: readonly Declaration[]
  /** Of a declaration's intent, as its consumer advertises it; null for a gap. */
  semantics(declaration: Declaration): readonly string[] | null
  /** The live machines of a group, by id. */
  machinesOf(groupId: string): readonly string[]
  /** The group of a live machine. */
  groupOf(machineId: string): string | undefined
  backup(machineId: string, type: string): Backup | undefined
  head(key: ReplicaKey): ReportHead | undefined
  /** All of which anything was reported. */
  readonly reported: readonly ReplicaKey[]
  /** What the passes before found. */
  readonly findings: readonly Finding[]
}

/**
 * What a pass finds anew: findings that have begun, changed or recovered; what stands as it was is not repeated. A replica fails where its
 * last report is not healthy or it is overdue. It is judged while an enabled declaration of its group, type and intent is there, though
 * that may name other machines by now; once there is none, or the machine is archived, what stood recovers. Of a replica that never failed
 * nothing is filed.
 */
export function sweep(input: ToSweep, now: Date): Finding[] {
  const judged = new Map<string, Verdict>()
  for (const declaration of input.declarations) {
    for (const key of keysOf(declaration, input)) {
      // Two consumers may each have a replica of one name: what was reported is of both, and either may be overdue.
      if (judged.get(keyText(key))?.failed === true) continue
      judged.set(keyText(key), judgeDeclared(declaration, key, input, now))
    }
  }
  const kept = new Set(input.declarations.map(scopeOf))
  const standing = new Map(input.findings.map((finding) => [keyText(finding.key), finding]))
  for (const key of [...input.reported, ...input.findings.map((finding) => finding.key)]) {
    const text = keyText(key)
    const groupId = input.groupOf(key.machineId)
    const isKept = groupId !== undefined && kept.has(scopeOf({ groupId, type: key.type, intent: key.intent }))
    if (isKept && !judged.has(text)) judged.set(text, judgeReport(key, input))
  }
  for (const { key } of input.findings) {
    if (!judged.has(keyText(key))) judged.set(keyText(key), recovered(key))
  }
  return [...judged.values()].flatMap((verdict) => changed(verdict, standing.get(keyText(verdict.key)), now))
}

interface Verdict extends Pick<Finding, 'key' | 'failed' | 'snapshotId' | 'overdue' | 'why'> {
  /** Nobody advertises its intent: what stood stays. */
  readonly gap: boolean
}

function keysOf({ groupId, machineId, type, intent, name }: Declaration, input: ToSweep): ReplicaKey[] {
  const machines = input.machinesOf(groupId)
  const targets = machineId === null ? machines : machines.filter((id) => id === machineId)
  return targets.map((id) => ({ machineId: id, type, intent, name }))
}

function scopeOf({ groupId, type, intent }: Pick<Declaration, 'groupId' | 'type' | 'intent'>): string {
  return keyText({ machineId: groupId, type, intent, name: '' })
}

function judgeDeclared(declaration: Declaration, key: ReplicaKey, input: ToSweep, now: Date): Verdict {
  const semantics = input.semantics(declaration)
  const byReport = { ...judgeReport(key, input), gap: semantics === null }
  if (byReport.failed) return byReport
  const backup = input.backup(key.machineId, key.type)
  const { overdue } = judgeOverdue({ declaration, semantics, backup, head: input.head(key) }, now)
  if (!overdue) return byReport
  const why = semantics?.includes('once')
    ? 'The latest snapshot is unverified for longer than the bound.'
    : 'There is no healthy report within the bound.'
  return { ...byReport, failed: true, overdue, why }
}

function judgeReport(key: ReplicaKey, input: ToSweep): Verdict {
  const last = input.head(key)?.last
  const rest = { key, snapshotId: last?.snapshotId ?? null, overdue: false, gap: false }
  if (last === undefined || last.healthy) return { ...rest, failed: false, why: 'Healthy.' }
  const why = last.outcome === 'success' ? 'The replica was restored and came up unhealthy.' : 'The restore failed.'
  return { ...rest, failed: true, why: last.error ?? why }
}

function recovered(key: ReplicaKey): Verdict {
  const why = 'No enabled declaration asks for it any more.'
  return { key, snapshotId: null, overdue: false, gap: false, failed: false, why }
}

function changed({ gap, ...verdict }: Verdict, before: Finding | undefined, now: Date): Finding[] {
  if (before === undefined && !verdict.failed) return []
  if (gap && !verdict.failed && before?.failed === true) return []
  const { failed, why, snapshotId, overdue } = verdict
  const isSame = before?.failed === failed && before.why === why && before.snapshotId === snapshotId
  if (isSame && before.overdue === overdue) return []
  const judgedAt = now.toISOString()
  return [{ ...verdict, since: before?.failed === failed ? before.since : judgedAt, judgedAt }]
}
