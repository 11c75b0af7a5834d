import type { PlanAction } from '../../contract/shapes/restore.ts'
import { type LedgerAction, ledgerActionSchema } from '../../contract/shapes/run.ts'

type Words = Readonly<Record<PlanAction, LedgerAction>>

const DONE: Words = {
  create: 'restored',
  update: 'updated',
  delete: 'deleted',
  skip: 'skipped',
  unchanged: 'unchanged',
}
const STOPPED: Words = { ...DONE, create: 'skipped', update: 'skipped', delete: 'skipped' }

/** What a row's word says, of a plan that was carried out or stopped; an outcome says itself. Throws `ZodError`. */
export function showsAs(word: string, plan: 'planned' | 'settled' | 'stopped' | undefined): LedgerAction {
  const words = plan === 'settled' ? DONE : STOPPED
  return Object.hasOwn(words, word) ? words[word as PlanAction] : ledgerActionSchema.parse(word)
}

/** All words of rows that are shown as this outcome. */
export function wordsFor(action: LedgerAction, plan: 'planned' | 'settled' | 'stopped' | undefined): string[] {
  const words = Object.entries(plan === 'settled' ? DONE : STOPPED)
  return [...new Set([action, ...words.filter(([, shown]) => shown === action).map(([word]) => word)])]
}
