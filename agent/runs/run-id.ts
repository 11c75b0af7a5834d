import { randomBytes } from 'node:crypto'
import type { RunKind } from '../../contract/shapes/run.ts'

/**
 * A new run's id: `restore-20261121-035412-7f3a9c21`, its kind, the second in UTC, 32 random bits. It names the staging
 * folder too, where someone will one day look for it with `ls`.
 */
export function newRunId(kind: RunKind, now: Date): string {
  const [date = '', time = ''] = now.toISOString().replaceAll(/[-:]/g, '').split(/[T.]/)
  return `${kind}-${date}-${time}-${randomBytes(4).toString('hex')}`
}
