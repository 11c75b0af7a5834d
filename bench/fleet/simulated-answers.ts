import { randomBytes, randomUUID } from 'node:crypto'
import type { HostNews } from '../../contract/shapes/host.ts'
import type { RepositoryView } from '../../contract/shapes/repository.ts'
import { NO_COUNTS, type Run } from '../../contract/shapes/run.ts'

const FILES = 1_000_000

export function simulatedRepository(hostname: string): RepositoryView {
  return {
    id: randomUUID(),
    name: 'web',
    url: `rest:https://backup.example/${hostname}/web/`,
    username: hostname,
    hasPassword: true,
    sample: false,
    backup: null,
    openedBefore: true,
    addedAt: new Date().toISOString(),
  }
}

export function simulatedSnapshot(repositoryId: string): HostNews['lastSnapshots'][number] {
  const at = new Date().toISOString()
  return { repositoryId, snapshotId: randomBytes(32).toString('hex'), time: at, at }
}

/** The same run further on, or a new one: a restore of a million files. */
export function simulatedRun(before: Run | null, filesDone: number): Run {
  return {
    ...(before ?? begun()),
    counts: { ...NO_COUNTS, restored: filesDone },
    progress: {
      phase: 'restoring',
      filesDone,
      filesTotal: FILES,
      bytesDone: filesDone * 1000,
      bytesTotal: FILES * 1000,
      rate: 1e6,
      secondsLeft: 1000,
      currentItem: `/srv/www/file-${filesDone}`,
      part: null,
    },
  }
}

function begun(): Run {
  const at = new Date().toISOString()
  return {
    id: `restore-${randomUUID()}`,
    state: 'running',
    requestKey: randomUUID(),
    repositoryId: randomUUID(),
    subject: {
      kind: 'restore',
      sources: [
        {
          snapshotId: randomBytes(32).toString('hex'),
          snapshotTime: at,
          selection: { include: ['/'], exclude: [] },
        },
      ],
      target: { kind: 'staging' },
      layout: 'full-path',
      conflicts: 'always',
      deleteExtra: false,
      readBack: false,
      targetPath: '/srv/restore',
      planHash: null,
      follows: null,
      reason: '',
      safetySnapshot: null,
      evidence: null,
    },
    startedBy: 'ada@desk',
    queuedAt: at,
    startedAt: at,
    endedAt: null,
    progress: null,
    counts: NO_COUNTS,
    fault: null,
    remark: '',
  }
}
