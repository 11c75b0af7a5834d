import { t } from '@lingui/core/macro'
import type { Consumer } from '../../../contract/shapes/consumer.ts'
import type { PlaneGroup } from '../../../contract/shapes/plane.ts'
import type { Replica, ReplicaStanding } from '../../../contract/shapes/replica.ts'
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
  const share = t`${formatCount(same)} of ${formatCount(standings.length)}`
  const machine = worst.machineName ?? t`one machine`
  return {
    ...cause,
    brief: same === 1 ? `${machine}: ${cause.brief}` : `${share}: ${cause.brief}`,
    sentence: t`${share} machines${same === 1 ? ` (${machine})` : ''}. ${cause.sentence}`,
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
      return {
        brief: t`no backup of it is left in the group, or it was archived`,
        sentence: t`${standing.machineName ?? t`The machine`} is gone: no backup of it is left in ${replica.groupName ?? t`the group`}, or it was archived. Nothing of it is dispatched.`,
        closes: t`It closes with the next backup of the machine. If it is gone for good, delete the replica.`,
      }
    case 'unknown':
      return {
        brief: t`credentials have ended, and nothing was reported`,
        sentence: t`${consumer} was given credentials, they have ended, and nothing was reported: whether it restored is not known.`,
        closes: t`It closes with the next report. If it stays, look at ${consumer}.`,
      }
    default:
      return quietCause(replica, standing, context.now)
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
    sentence: t`${consumer} does not say any more that it can do “${intent}”${nothing ? t`, nor anything else` : ''}. Nothing is dispatched, and whether it is overdue is not judged.`,
    closes:
      others.length === 0
        ? t`It closes as soon as ${consumer} offers it again. No other consumer offers it.`
        : t`It closes as soon as ${consumer} offers it again, or when another consumer is chosen: ${names} ${others.length === 1 ? 'offers' : 'offer'} it.`,
  }
}

/** Consumers of a plane that say they can do this. */
export function offering(intent: string, planeId: string, consumers: readonly Consumer[]): readonly Consumer[] {
  return consumers.filter((each) => each.planeId === planeId && each.intents.some(({ name }) => name === intent))
}

function failingCause({ lastReport, lastHealthy }: ReplicaStanding): Cause {
  const said = lastReport?.error ?? null
  const line = said === null ? t`restored, and not healthy` : firstLine(said)
  const before =
    lastHealthy === null
      ? t`It was never healthy.`
      : t`It was healthy last on ${formatMoment(new Date(lastHealthy.reportedAt))}.`
  return {
    brief: line,
    sentence: `${said === null ? t`The last restore came up, and was not healthy.` : t`The last restore failed.`} ${before}`,
    closes: t`It closes with the next report that is healthy: the consumer tries again by itself.`,
  }
}

function overdueCause({ declaration }: Replica, { overdueSince, lastHealthy }: ReplicaStanding, now: Date): Cause {
  const bound = declaration.overdueAfter ?? t`its bound`
  const since = overdueSince === null ? null : new Date(overdueSince)
  const span = since === null ? '' : t` by ${briefSpan((now.getTime() - since.getTime()) / 1000)}`
  const last =
    lastHealthy === null ? '' : t` It was verified last on ${formatMoment(new Date(lastHealthy.reportedAt))}.`
  return {
    brief: t`${span.trim() || t`too long ago`}, bound ${bound}`,
    sentence: t`Not verified within its bound of ${bound}${since === null ? '' : t`, since ${formatMoment(since)}`}.${last}`,
    closes: t`It closes with the next healthy report.`,
  }
}

function groupCause({ groupName, declaration, planeId }: Replica, { groups }: CauseContext): Cause {
  const group = groups.get(planeId)?.find(({ id }) => id === declaration.groupId)
  const name = groupName ?? group?.name ?? t`its group`
  const reason = group?.reason ?? t`the plane was not given a way to read its repository`
  return {
    brief: reason.replace(/\.$/, ''),
    sentence: t`The plane cannot read ${name}: ${lowerFirst(reason).replace(/\.$/, '')}. Nothing of it is dispatched.`,
    closes: t`It closes when the repository of ${name} is connected on the page of the control planes.`,
  }
}

/** States in which nothing is wrong, or nothing is known yet. */
function quietCause(replica: Replica, standing: ReplicaStanding, now: Date): Cause {
  const { declaration, updatedBy } = replica
  const consumer = consumerTitle(replica.consumerName, declaration.consumerId)
  const { inProgress, lastHealthy, withheld } = standing
  switch (standing.state) {
    case 'disabled':
      return same(t`nothing is dispatched${updatedBy === null ? '' : t`; changed by ${updatedBy}`}`, null)
    case 'waiting-for-backup':
      return same(
        t`there is no backup of the type ${declaration.type} yet`,
        t`It goes on by itself with the first backup.`,
      )
    case 'never-reported':
      return same(
        t`${consumer} has not reported on it yet${isLate(replica, standing) ? t`, and its bound of ${declaration.overdueAfter ?? ''} has passed` : ''}`,
        t`It closes with the first report. If none comes, look whether ${consumer} asks for its worklist.`,
      )
    case 'in-progress':
      return same(
        inProgress === null
          ? t`it is being restored`
          : t`${consumer} has held credentials for ${briefSpan((now.getTime() - Date.parse(inProgress.since)) / 1000)}, good until ${formatMoment(new Date(inProgress.until))}`,
        null,
      )
    case 'not-reporting':
      return same(t`the intent “${declaration.intent}” does not say that it reports, so nothing is known`, null)
    default:
      return same(
        [
          lastHealthy === null ? 'verified' : t`verified ${formatRelative(new Date(lastHealthy.reportedAt), now)}`,
          withheld === 'settled' ? t`sent again with the next backup` : '',
        ]
          .filter((part) => part !== '')
          .join('; '),
        null,
      )
  }
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
