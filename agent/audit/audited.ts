import { Fault, isFault } from '../../contract/errors.ts'
import type { AuditEntry } from '../../contract/shapes/audit.ts'
import type { Connection } from '../connection.ts'
import type { AuditLog, AuditSubject } from './audit-log.ts'

interface AuditedAct<T> {
  readonly subject: AuditSubject
  readonly act: () => T | Promise<T>
}

/** Write down what is to be done, do it, write down that it was done or refused. Throws what the act throws. */
export async function audited<T>(audit: AuditLog, by: Connection, { subject, act }: AuditedAct<T>): Promise<T> {
  const entry = audit.open(by, subject)
  try {
    const result = await act()
    audit.close(entry, { outcome: 'done' })
    return result
  } catch (error) {
    audit.close(entry, { outcome: outcomeOf(error) })
    throw error
  }
}

function outcomeOf(error: unknown): AuditEntry['outcome'] {
  if (isFault(error, 'cancelled')) return 'cancelled'
  return error instanceof Fault ? 'refused' : 'failed'
}
