import { z } from 'zod'
import { faultSchema } from '../../contract/errors.ts'
import { fileNameSchema } from '../../contract/shapes/file-name.ts'
import { evidenceSchema, ledgerActionSchema, runProgressSchema } from '../../contract/shapes/run.ts'
import type { RestoreEvent } from '../../engine/restore/restore-event.ts'
import type { LedgerException } from '../journal/ledger-store.ts'
import type { Settlement } from '../runs/run-record.ts'
import type { Written } from './restore-writer.ts'

/** Characters of what restic said of one thing. A line must stay within what is read of one (engine/process/lines.ts). */
const LONGEST_TEXT = 8192
/** Characters of reasons in one line, and items. */
const REASONS = 64 * 1024
const PORTION = 5000

const text = z.string()
const count = z.number().nonnegative()

const reportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('log'), level: z.enum(['info', 'warning', 'error']), text }),
  z.object({
    type: z.literal('progress'),
    phase: z.enum(['planning', 'restoring', 'verifying', 'finishing']),
    filesDone: count,
    bytesDone: count,
    currentItem: fileNameSchema.nullable(),
    part: runProgressSchema.shape.part,
  }),
  z.object({
    type: z.literal('exceptions'),
    reasons: z.array(text),
    at: z.array(count),
    action: z.array(ledgerActionSchema),
    /** Which of the reasons. */
    reason: z.array(count),
  }),
  z.object({ type: z.literal('other'), path: fileNameSchema, reason: text }),
  z.object({
    type: z.literal('outcome'),
    state: z.enum(['succeeded', 'partial', 'failed', 'cancelled']),
    fault: faultSchema.nullable(),
    remark: text,
    evidence: evidenceSchema.nullable(),
  }),
])

/** What a process that carries a restore out tells, a line each: events, then what did not go as planned, then the outcome. */
export type RestoreReport = z.infer<typeof reportSchema>
export type Exceptions = Extract<RestoreReport, { type: 'exceptions' }>

/** A report as one line of JSON with its end. */
export function writeReport(report: RestoreReport | RestoreEvent): string {
  return `${JSON.stringify(bounded(report))}\n`
}

/** Throws `SyntaxError` or `ZodError` for a line that is none. */
export function readReport(line: string): RestoreReport {
  return reportSchema.parse(JSON.parse(line))
}

/** All that is told when it is over. */
export function* lastReports({ settlement, ...outcome }: Written): Generator<RestoreReport> {
  if (settlement !== null) yield* reportsOf(settlement)
  yield { type: 'outcome', ...outcome }
}

/** What is told of exceptions, one by one. */
export function* exceptionsIn({ reasons, at, action, reason }: Exceptions): Generator<LedgerException> {
  for (const [row, place] of at.entries()) {
    yield { at: place, action: action[row] ?? 'failed', reason: reasons[reason[row] ?? -1] ?? '' }
  }
}

function* reportsOf({ exceptions, others }: Settlement): Generator<RestoreReport> {
  let portion = emptyPortion()
  let characters = 0
  for (const { at, action, reason } of exceptions) {
    if (portion.at.length >= PORTION || characters > REASONS) {
      yield portion
      portion = emptyPortion()
      characters = 0
    }
    const words = reason.slice(0, LONGEST_TEXT)
    let known = portion.reasons.lastIndexOf(words)
    if (known < 0) {
      known = portion.reasons.push(words) - 1
      characters += words.length
    }
    portion.at.push(at)
    portion.action.push(action)
    portion.reason.push(known)
  }
  if (portion.at.length > 0) yield portion
  for (const { path, reason } of others) yield { type: 'other', path, reason }
}

function emptyPortion(): Exceptions {
  return { type: 'exceptions', reasons: [], at: [], action: [], reason: [] }
}

function bounded(report: RestoreReport | RestoreEvent): RestoreReport | RestoreEvent {
  if (report.type === 'log') return { ...report, text: report.text.slice(0, LONGEST_TEXT) }
  if (report.type === 'other') return { ...report, reason: report.reason.slice(0, LONGEST_TEXT) }
  return report
}
