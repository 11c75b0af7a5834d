import type { Reading } from './backend.ts'

/** Where restic's locks are put, as they come from it, sealed and named by what is in them. */
export interface LockFiles {
  write(id: string, sealed: Buffer, options: Reading): Promise<void>
  /** That it is gone already is no error. */
  remove(id: string, options: Reading): Promise<void>
}
