import { plural, t } from '@lingui/core/macro'
import type { StandingState, Withheld } from '../../../contract/control-plane/standing.ts'
import { ATTENTION, type Replica, type ReplicaStanding } from '../../../contract/shapes/replica.ts'
import { formatCount, formatSpan } from '../../components/format.ts'
import type { StateName } from '../../components/StateBadge.tsx'

/** How a replica stands: a colour and a word. */
export const STATES: Readonly<Record<StandingState, { readonly state: StateName; readonly word: string }>> = {
  failing: { state: 'failed', word: t`failing` },
  overdue: { state: 'partial', word: t`overdue` },
  gap: { state: 'partial', word: t`gap` },
  'group-not-ready': { state: 'interrupted', word: t`group not ready` },
  'machine-gone': { state: 'interrupted', word: t`machine gone` },
  unknown: { state: 'unknown', word: t`unknown outcome` },
  'never-reported': { state: 'unknown', word: t`never reported` },
  'waiting-for-backup': { state: 'queued', word: t`waiting for first backup` },
  'in-progress': { state: 'running', word: t`in progress` },
  'not-reporting': { state: 'unknown', word: t`does not report` },
  healthy: { state: 'succeeded', word: t`healthy` },
  disabled: { state: 'cancelled', word: t`disabled` },
}

/** In the order in which they are offered: what is worst first. */
export const STATE_ORDER = Object.keys(STATES) as readonly StandingState[]

/** Whether somebody should look at it. */
export function needsAttention({ state }: Pick<Replica, 'state'>): boolean {
  return ATTENTION.includes(state)
}

/** Why a machine is not sent to the consumer. */
export const WITHHELD: Readonly<Record<Withheld, string>> = {
  disabled: t`it is disabled`,
  gap: t`the consumer does not offer the intent`,
  'group-not-ready': t`the plane cannot read the group’s repository`,
  'machine-gone': t`the machine is gone from the group`,
  settled: t`its newest backup is verified already; the next one is sent again`,
  'no-candidate': t`there is no version to try`,
  'no-manifest': t`there is no manifest of what to mask`,
}

/** What a consumer is called: its name, else the beginning of its id. */
export function consumerTitle(name: string | null, id: string): string {
  if (name !== null) return name
  const short = id.slice(0, 8)
  return t`consumer ${short}`
}

/** `one machine · group`, `group · 12 machines`. */
export function scopeWords({ declaration, groupName, machineName, standings }: Replica): string {
  const group = groupName ?? declaration.groupId.slice(0, 8)
  if (declaration.machineId === null)
    return `${group} · ${plural(machinesOf(standings), { one: '# machine', other: '# machines' })}`
  return `${machineName ?? declaration.machineId.slice(0, 8)} · ${group}`
}

function machinesOf(standings: readonly ReplicaStanding[]): number {
  return standings.filter(({ machineId }) => machineId !== null).length
}

export interface TimeLeft {
  readonly words: string
  readonly isOver: boolean
  /** For sorting: milliseconds until it is overdue, negative where it is. */
  readonly milliseconds: number
}

/**
 * How long until the first of these machines is overdue, or since when one is; null where none ever is. One that was never healthy may be
 * overdue from the moment it was declared: of that no time is told.
 */
export function timeLeft(standings: readonly ReplicaStanding[], now: Date): TimeLeft | null {
  const over = standings.filter(({ overdueSince }) => overdueSince !== null)
  const since = over.flatMap(({ overdueSince, lastHealthy }) => (lastHealthy === null ? [] : (overdueSince ?? [])))
  if (over.length > 0 && since.length === 0) return { words: t`never verified`, isOver: true, milliseconds: 0 }
  const moments = since.length > 0 ? since : standings.flatMap(({ overdueAt }) => overdueAt ?? [])
  if (moments.length === 0) return null
  const milliseconds = Math.min(...moments.map((moment) => Date.parse(moment))) - now.getTime()
  const span = briefSpan(Math.abs(milliseconds) / 1000)
  return since.length > 0
    ? { words: t`${span} over`, isOver: true, milliseconds }
    : { words: t`${span} left`, isOver: false, milliseconds }
}

/** A span without what counts little beside the rest: `3 h`, `1 d 4 h`, `12 min`. */
export function briefSpan(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const [minutes, hours] = [Math.round(whole / 60), Math.round(whole / 3600)]
  if (whole >= 60 && whole < 3600) return spanIn('minutes', Math.floor(whole / 60))
  if (whole >= 3600 && minutes < 1440) return spanIn('hours', Math.floor(minutes / 60))
  return minutes >= 1440 && hours % 24 === 0 ? spanIn('days', hours / 24) : formatSpan(whole)
}

function spanIn(unit: 'minutes' | 'hours' | 'days', count: number): string {
  if (unit === 'minutes') return t`${count} min`
  return unit === 'hours' ? t`${count} h` : t`${count} d`
}

const collator = new Intl.Collator(undefined, { numeric: true })

/** What somebody should look at first stands first; what is alike, by name. */
export function worstFirst(replicas: readonly Replica[]): readonly Replica[] {
  return replicas.toSorted(
    (a, b) =>
      STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state) ||
      collator.compare(a.declaration.name, b.declaration.name),
  )
}

export interface SnapshotPair {
  readonly latest: string | null
  readonly verified: string | null
  readonly isCurrent: boolean
}

/** The newest snapshot of a machine beside the one that was verified last. */
export function snapshotPair({ latestSnapshotId, lastHealthy }: ReplicaStanding): SnapshotPair {
  const verified = lastHealthy?.snapshotId ?? null
  return { latest: latestSnapshotId, verified, isCurrent: latestSnapshotId !== null && latestSnapshotId === verified }
}

/** How many replicas are in each state. */
export function countStates(replicas: readonly Replica[]): ReadonlyMap<StandingState, number> {
  const counts = new Map<StandingState, number>()
  for (const { state } of replicas) counts.set(state, (counts.get(state) ?? 0) + 1)
  return counts
}

/** `15 declared, 8 need attention`. */
export function totalWords(replicas: readonly Replica[]): string {
  const attention = replicas.filter(needsAttention).length
  const all = formatCount(replicas.length)
  if (attention === 0) return t`${all} declared, nothing needs attention`
  return t`${all} declared, ${plural(attention, { one: '# needs attention', other: '# need attention' })}`
}

/** What a tag of an intent means; one that nobody knows stands as it is. */
const SEMANTICS: Readonly<Record<string, string>> = {
  check: t`reports whether the replica came up healthy`,
  once: t`restores each backup once, and throws it away`,
  url: t`keeps the replica running, at an address that it tells`,
  migrate: t`tries the migrations of another version`,
  redact: t`can mask personal data`,
  'reporting-schema': t`can build a schema for reports`,
}

export function semanticWords(tag: string): string {
  return SEMANTICS[tag] ?? t`not known to this console`
}
