import { z } from 'zod'
import { REFUSALS } from '../refusals.ts'
import { runCountsSchema, runKindSchema, runStateSchema } from './run.ts'

/** `HH:MM` of the clock on the wall where the console runs. */
const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, REFUSALS.time_of_day)

/** What this console says, and when, of runs that have ended and of replicas that come to need somebody. */
export const noticeSettingsSchema = z.object({
  /** In the window. */
  inWindow: z.boolean(),
  /** By the operating system, while no window is in front. */
  bySystem: z.boolean(),
  /** Names of files and folders in what the operating system shows: it may stand on a locked screen. */
  fileNames: z.boolean(),
  /** Also of replicas: one that fails, is overdue or has a gap. */
  proofs: z.boolean().default(true),
  /** The system says nothing from one time until the other, over midnight where that is earlier; null for never. */
  quiet: z.object({ from: timeOfDaySchema, until: timeOfDaySchema }).nullable(),
})
export type NoticeSettings = z.infer<typeof noticeSettingsSchema>

/** A run has come to its end while this console was there. */
export const noticeSchema = z.object({
  /** Of this end of this run: two with the same are one. */
  id: z.string(),
  hostId: z.string(),
  /** What the host is called. */
  host: z.string(),
  runId: z.string(),
  kind: runKindSchema,
  state: runStateSchema,
  counts: runCountsSchema,
  /** What it was about: a path, and where it went; empty where it has none. */
  names: z.string(),
})
export type Notice = z.infer<typeof noticeSchema>

/** What somebody has to look at in a replica. */
export const proofTroubleSchema = z.enum(['failing', 'overdue', 'gap'])
export type ProofTrouble = z.infer<typeof proofTroubleSchema>

/** What has come to be otherwise with a replica, or with many of a plane at once. */
export const proofNoticeSchema = z.object({
  /** Of this replica: a later one with the same takes its place. */
  id: z.string(),
  planeId: z.uuid(),
  /** Null where it is of many. */
  replicaId: z.string().nullable(),
  /** What the replica is called, or the plane where it is of many. */
  name: z.string(),
  /** `healthy`: what was said before is over, for it was proven again. `over`: for another reason, and nothing is said. */
  state: z.enum([...proofTroubleSchema.options, 'many', 'healthy', 'over']),
  /** The machines that it is newly so of; of many replicas none. */
  machines: z.array(z.string()),
  /** Of many: how many came to be so. */
  counts: z.record(proofTroubleSchema, z.number().int().nonnegative()),
  /** The first line of what the consumer said; empty where it said nothing. It may hold names of files. */
  cause: z.string(),
})
export type ProofNotice = z.infer<typeof proofNoticeSchema>

/** Where a link from elsewhere leads. */
export const linkedPlaceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), hostId: z.string(), runId: z.string() }),
  z.object({ kind: z.literal('host'), hostId: z.string() }),
  z.object({ kind: z.literal('snapshot'), hostId: z.string(), repositoryId: z.string(), snapshotId: z.string() }),
  z.object({ kind: z.literal('replica'), planeId: z.string(), replicaId: z.string() }),
  z.object({ kind: z.literal('replicas') }),
])
export type LinkedPlace = z.infer<typeof linkedPlaceSchema>

/** What links can name. */
export const linkKindSchema = z.enum(['run', 'host', 'snapshot', 'replica'])
export type LinkKind = z.infer<typeof linkKindSchema>

/** Characters of a line of the operating system's: longer ones are cut by the page, for a path can be long. */
export const SYSTEM_LINE_LENGTH = 1000
const systemLineSchema = z.string().max(SYSTEM_LINE_LENGTH)

/** What a page says of a notice, for the operating system to show. */
export const systemWordsSchema = z.object({
  id: z.string().max(SYSTEM_LINE_LENGTH),
  title: systemLineSchema,
  line: systemLineSchema,
})
export type SystemWords = z.infer<typeof systemWordsSchema>

/** That the operating system is to show it; the page has the words, in the language that it speaks. The console does not wait long for them. */
const bySystemSchema = z.object({
  id: z.string(),
  /** `page`: it shows it itself. `console`: it tells the console the words, which the desktop then shows. */
  by: z.enum(['page', 'console']),
  /** What the words may name beside hosts and counts: empty unless the settings let names of files be shown. */
  names: z.string(),
})
export type BySystem = z.infer<typeof bySystemSchema>

/** Pages that the shell's own menus lead to. */
export const menuPageSchema = z.enum(['settings', 'runs'])
export type MenuPage = z.infer<typeof menuPageSchema>

/**
 * `begun`: once, so that a window which lost its connection before anything happened can go on too. `told`: a run ended;
 * `system` where the operating system is to show it, else null. `proof`: the same of a replica. `open`: show a run. `page`: show a page, as a menu of the shell was
 * chosen. `linked`: somebody has followed a link; it leads to a place, which may be in another
 * workspace than the window works in, or to nothing that is known here.
 */
export const noticeEventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('begun') }),
  z.object({
    event: z.literal('told'),
    notice: noticeSchema,
    inWindow: z.boolean(),
    system: bySystemSchema.nullable(),
  }),
  z.object({
    event: z.literal('proof'),
    notice: proofNoticeSchema,
    inWindow: z.boolean(),
    system: bySystemSchema.nullable(),
  }),
  z.object({ event: z.literal('open'), hostId: z.string(), runId: z.string() }),
  z.object({ event: z.literal('page'), page: menuPageSchema }),
  z.object({
    event: z.literal('linked'),
    what: linkKindSchema,
    found: z.object({ workspaceId: z.string(), place: linkedPlaceSchema }).nullable(),
  }),
])
export type NoticeEvent = z.infer<typeof noticeEventSchema>

/** True where somebody has to look: not all that was wanted is there. */
export function needsSomeone({ state }: Pick<Notice, 'state'>): boolean {
  return state === 'partial' || state === 'failed' || state === 'interrupted'
}
