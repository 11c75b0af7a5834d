import { t } from '@lingui/core/macro'
import type { Consumer } from '../../../contract/shapes/consumer.ts'
import type { PlaneGroup } from '../../../contract/shapes/plane.ts'
import type { Replica, ReplicaStanding } from '../../../contract/shapes/replica.ts'
import { groupReasonWords } from '../../client/refusal-words.ts'
import { formatCount, formatMoment, formatRelative } from '../../components/format.ts'
import { firstLine } from '../verifications/index.ts'
import { briefSpan, consumerTitle } from './replica-words.ts'

/** What a cause is told from. */
export interface CauseContext {
  readonly consumers: readonly Consumer[]
  /** By plane. */
  readonly groups: ReadonlyMap<string, readonly PlaneGroup[]>
  readonly now: Date
}

export interface Cause {
  /** For a line of a table. */
  readonly brief: string
  /** One or two sentences. */
  readonly sentence: string
  /** What would end it; null where nothing need be done. */
  readonly closes: string | null
}

/** Why a replica stands as it does: its worst machine's cause, and on how many machines that is so. */
export function causeOf(replica: Replica, context: CauseContext): Cause {
  const { standings, state } = replica
  const [worst] = standings
  if (worst === undefined) return causeOfStanding(replica, NO_MACHINE, context)
  const cause = causeOfStanding(replica, worst, context)
  const same = standings.filter((standing) => standing.state === state).length
  if (standings.length === 1 || same === standings.length) return cause
  const [some, all] = [formatCount(same), formatCount(standings.length)]
  const machine = worst.machineName ?? t`one machine`
  const share = same === 1 ? t`${some} of ${all} machines (${machine}).` : t`${some} of ${all} machines.`
  return {
    ...cause,
    brief: `${same === 1 ? machine : t`${some} of ${all}`}: ${cause.brief}`,
    sentence: `${share} ${cause.sentence}`,
  }
}

const NO_MACHINE: ReplicaStanding = {
  machineId: null,
  machineName: null,
  state: 'waiting-for-backup',
  withheld: null,
  overdue: false,
  overdueSince: null,
  overdueAt: null,
  latestSnapshotId: null,
  latestSnapshotAt: null,
  lastReport: null,
  lastHealthy: null,
  inProgress: null,
}

/** Why one machine of a replica stands as it does. */
export function causeOfStanding(replica: Replica, standing: ReplicaStanding, context: CauseContext): Cause {
  const { declaration } = replica
  const consumer = consumerTitle(replica.consumerName, declaration.consumerId)
  switch (standing.state) {
    case 'gap':
      return gapCause(replica, consumer, context)
    case 'failing':
      return failingCause(standing)
    case 'overdue':
      return overdueCause(replica, standing, context.now)
    case 'group-not-ready':
      return groupCause(replica, context)
    case 'machine-gone':
      return goneCause(replica, standing)
    case 'unknown':
      return {
        brief: t`credentials have expired, and nothing was reported`,
        sentence: t`${consumer} was given credentials; they have expired and nothing was reported, so it is not known whether it restored.`,
        closes: t`It closes with the next report. If it stays, look at ${consumer}.`,
      }
    default:
      return quietCause(replica, standing, context.now)
  }
}

function goneCause({ groupName, declaration }: Replica, { machineName }: ReplicaStanding): Cause {
  const group = groupName ?? declaration.groupId.slice(0, 8)
  return {
    brief: t`no backup of it is left in the group, or it was archived`,
    sentence:
      machineName === null
        ? t`The machine is gone: no backup of it is left in ${group}, or it was archived. Nothing of it is dispatched.`
        : t`${machineName} is gone: no backup of it is left in ${group}, or it was archived. Nothing of it is dispatched.`,
    closes: t`It closes with the next backup of the machine. If it is gone for good, delete the replica.`,
  }
}

function gapCause({ declaration, planeId }: Replica, consumer: string, { consumers }: CauseContext): Cause {
  const { intent, consumerId } = declaration
  const others = offering(intent, planeId, consumers).filter(({ id }) => id !== consumerId)
  const names = others.map(({ name, id }) => consumerTitle(name, id)).join(', ')
  const mine = consumers.find(({ id }) => id === consumerId)
  const nothing = mine !== undefined && mine.intents.length === 0
  return {
    brief: nothing ? t`${consumer} offers nothing now` : t`${consumer} does not offer “${intent}” now`,
    sentence: nothing
      ? t`${consumer} no longer offers “${intent}”, or anything else. Nothing is dispatched, and it is not judged overdue.`
      : t`${consumer} no longer offers “${intent}”. Nothing is dispatched, and it is not judged overdue.`,
    closes:
      others.length === 0
        ? t`It closes as soon as ${consumer} offers it again. No other consumer offers it.`
        : others.length === 1
          ? t`It closes as soon as ${consumer} offers it again, or when another consumer is chosen: ${names} offers it.`
          : t`It closes as soon as ${consumer} offers it again, or when another consumer is chosen: ${names} offer it.`,
  }
}

/** Consumers of a plane that say they can do this. */
export function offering(intent: string, planeId: string, consumers: readonly Consumer[]): readonly Consumer[] {
  return consumers.filter((each) => each.planeId === planeId && each.intents.some(({ name }) => name === intent))
}

function failingCause({ lastReport, lastHealthy }: ReplicaStanding): Cause {
  const said = lastReport?.error ?? null
  const restored = lastReport?.outcome === 'success'
  const line = said === null ? t`restored, and not healthy` : firstLine(said)
  const when = lastHealthy === null ? null : formatMoment(new Date(lastHealthy.reportedAt))
  const before = when === null ? t`It has never been healthy.` : t`It was last healthy on ${when}.`
  return {
    brief: line,
    sentence: `${restored ? t`It was restored, and the replica is not healthy.` : t`The last restore failed.`} ${before}`,
    closes: t`It closes with the next report that is healthy: the consumer tries again by itself.`,
  }
}

function overdueCause({ declaration }: Replica, { overdueSince, lastHealthy }: ReplicaStanding, now: Date): Cause {
  const bound = declaration.overdueAfter ?? '—'
  const since = overdueSince === null ? null : new Date(overdueSince)
  const span = since === null ? '' : briefSpan((now.getTime() - since.getTime()) / 1000)
  const begun = since === null ? '' : formatMoment(since)
  const verified = lastHealthy === null ? null : formatMoment(new Date(lastHealthy.reportedAt))
  const late =
    since === null
      ? t`Not verified within its bound of ${bound}.`
      : t`Not verified within its bound of ${bound}, since ${begun}.`
  return {
    brief: since === null ? t`too long ago, bound ${bound}` : t`by ${span}, bound ${bound}`,
    sentence: verified === null ? late : `${late} ${t`It was last verified on ${verified}.`}`,
    closes: t`It closes with the next healthy report.`,
  }
}

function groupCause({ groupName, declaration, planeId }: Replica, { groups }: CauseContext): Cause {
  const group = groups.get(planeId)?.find(({ id }) => id === declaration.groupId)
  const name = groupName ?? group?.name ?? declaration.groupId.slice(0, 8)
  const said = group?.reason ?? null
  const reason = said === null ? null : groupReasonWords(said).replace(/\.$/, '')
  const why = reason === null ? '' : lowerFirst(reason)
  return {
    brief: reason ?? t`the plane was not given a way to read its repository`,
    sentence:
      reason === null
        ? t`The plane cannot read ${name}: the plane was not given a way to read its repository. Nothing of it is dispatched.`
        : t`The plane cannot read ${name}: ${why}. Nothing of it is dispatched.`,
    closes: t`It closes when the repository of ${name} is connected on the page of the control planes.`,
  }
}

/** States in which nothing is wrong, or nothing is known yet. */
function quietCause(replica: Replica, standing: ReplicaStanding, now: Date): Cause {
  const { declaration, updatedBy } = replica
  const consumer = consumerTitle(replica.consumerName, declaration.consumerId)
  switch (standing.state) {
    case 'disabled':
      return same(
        updatedBy === null ? t`nothing is dispatched` : t`nothing is dispatched; changed by ${updatedBy}`,
        null,
      )
    case 'waiting-for-backup': {
      const { type } = declaration
      return same(t`there is no backup of the type ${type} yet`, t`It goes on by itself with the first backup.`)
    }
    case 'never-reported': {
      const bound = declaration.overdueAfter ?? ''
      return same(
        isLate(replica, standing)
          ? t`${consumer} has not reported on it yet, and its bound of ${bound} has passed`
          : t`${consumer} has not reported on it yet`,
        t`It closes with the first report. If none comes, check whether ${consumer} asks for its worklist.`,
      )
    }
    case 'in-progress':
      return same(progressWords(standing, consumer, now), null)
    case 'not-reporting': {
      const { intent } = declaration
      return same(t`the intent “${intent}” does not say that it reports, so nothing is known`, null)
    }
    default:
      return same(healthyWords(standing, now), null)
  }
}

function progressWords({ inProgress }: ReplicaStanding, consumer: string, now: Date): string {
  if (inProgress === null) return t`it is being restored`
  const span = briefSpan((now.getTime() - Date.parse(inProgress.since)) / 1000)
  const until = formatMoment(new Date(inProgress.until))
  return t`${consumer} has held credentials for ${span}, good until ${until}`
}

function healthyWords({ lastHealthy, withheld }: ReplicaStanding, now: Date): string {
  const ago = lastHealthy === null ? null : formatRelative(new Date(lastHealthy.reportedAt), now)
  const verified = ago === null ? t`verified` : t`verified ${ago}`
  return withheld === 'settled' ? `${verified}; ${t`sent again with the next backup`}` : verified
}

/** Later than at once: one that never was healthy may be overdue from the moment it was declared. */
function isLate({ createdAt }: Replica, { overdueSince }: ReplicaStanding): boolean {
  return overdueSince !== null && Date.parse(overdueSince) > Date.parse(createdAt)
}

function same(brief: string, closes: string | null): Cause {
  return { brief, sentence: `${brief.slice(0, 1).toUpperCase()}${brief.slice(1)}.`, closes }
}

function lowerFirst(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`
}
