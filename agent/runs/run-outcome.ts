import { filesDone, type Run } from '../../contract/shapes/run.ts'
import type { AuditOutcome } from '../audit/audit-log.ts'

/** With what a run was carried out; empty where it is not known. */
export interface MadeWith {
  readonly restic: string
  readonly agent: string
}

/** What the audit is told of a run that has ended. */
export function outcomeOf(run: Run, made: MadeWith): AuditOutcome {
  const figures = { outcome: run.state, ...figuresOf(run) }
  if (run.subject.kind !== 'restore') return figures
  const { planHash, evidence, safetySnapshot } = run.subject
  const saved = safetySnapshot === 'wanted' ? null : safetySnapshot
  return { ...figures, planHash, proof: { counts: run.counts, evidence, safetySnapshot: saved, ...made } }
}

function figuresOf(run: Run): { files: number; bytes: number | null } {
  return { files: filesDone(run), bytes: run.progress?.bytesDone ?? null }
}
