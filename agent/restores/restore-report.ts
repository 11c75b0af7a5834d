import { z } from 'zod'
import { faultSchema } from '../../contract/errors.ts'
import { fileNameSchema } from '../../contract/shapes/file-name.ts'
import { ledgerActionSchema } from '../../contract/shapes/run.ts'
import type { Correction, RestoreEvent, RestoreOutcome } from '../../engine/restore/restore-event.ts'

/** Characters of what restic said of one thing. A line must stay within what is read of one (engine/process/lines.ts). */
const LONGEST_TEXT = 8192

const text = z.string()
const count = z.number().nonnegative()
const item = { path: fileNameSchema, action: ledgerActionSchema, size: count.nullable(), reason: text }

const reportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('log'), level: z.enum(['info', 'warning', 'error']), text }),
  z.object({
    type: z.literal('progress'),
    phase: z.enum(['planning', 'restoring', 'verifying', 'finishing']),
    filesDone: count,
    bytesDone: count,
    currentItem: fileNameSchema.nullable(),
  }),
  z.object({ type: z.literal('item'), ...item }),
  z.object({ type: z.literal('correction'), ...item, replaces: fileNameSchema.nullable() }),
  z.object({
    type: z.literal('outcome'),
    state: z.enum(['succeeded', 'partial', 'failed', 'cancelled']),
    fault: faultSchema.nullable(),
    remark: text,
  }),
])

/** What a process that carries a restore out tells, a line each: events, then the corrections, then the outcome. */
export type RestoreReport =
  | RestoreEvent
  | ({ readonly type: 'correction' } & Correction)
  | ({ readonly type: 'outcome' } & Omit<RestoreOutcome, 'items'>)

/** A report as one line of JSON with its end. */
export function writeReport(report: RestoreReport): string {
  return `${JSON.stringify(bounded(report))}\n`
}

/** Throws `SyntaxError` or `ZodError` for a line that is none. */
export function readReport(line: string): RestoreReport {
  return reportSchema.parse(JSON.parse(line))
}

function bounded(report: RestoreReport): RestoreReport {
  switch (report.type) {
    case 'log':
      return { ...report, text: report.text.slice(0, LONGEST_TEXT) }
    case 'item':
    case 'correction':
      return { ...report, reason: report.reason.slice(0, LONGEST_TEXT) }
    case 'progress':
    case 'outcome':
      return report
  }
}
