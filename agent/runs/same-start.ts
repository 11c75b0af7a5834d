import { isDeepStrictEqual } from 'node:util'
import type { Run, RunSubject } from '../../contract/shapes/run.ts'

/** What a start would do, whatever its key. */
export interface Wish {
  readonly repositoryId: string
  readonly subject: RunSubject
}

/**
 * Whether a start that comes with a key of its own means the run that is going, and is given that one; else the host is
 * busy. Making a repository, or backing up the same once more while that goes on, can mean nothing else. A restore always
 * means another one: whoever started it has seen a plan, and waits for that to be done (docs/decisions/0015).
 */
export function meansSame(going: Run, { repositoryId, subject }: Wish): boolean {
  switch (subject.kind) {
    case 'init':
      // The sample is one for the host, and its repository has no id before it is there.
      return (
        going.subject.kind === 'init' &&
        going.subject.sample === subject.sample &&
        (subject.sample || going.repositoryId === repositoryId)
      )
    case 'backup': {
      if (going.subject.kind !== 'backup' || going.repositoryId !== repositoryId) return false
      const { snapshotId: _made, ...takes } = going.subject
      return isDeepStrictEqual({ ...takes, snapshotId: null }, { ...subject, snapshotId: null })
    }
    case 'diff':
    case 'restore':
      return false
  }
}
