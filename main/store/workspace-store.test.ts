import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AuditEntry } from '../../contract/shapes/audit.ts'
import { NO_COUNTS } from '../../contract/shapes/run.ts'
import { type RunSummary, summariseRun } from '../../contract/shapes/run-summary.ts'
import type { Workspace } from '../../contract/shapes/workspace.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type ConsoleStore, FIRST_WORKSPACE, openConsoleStore } from './index.ts'

const NOW = '2026-11-21T03:00:00.000Z'
const DEV: Workspace = { id: 'dev', name: 'Development', color: 'plum', madeAt: NOW }
const HERE = { workspaceId: FIRST_WORKSPACE, hostId: null, limit: 10 }
const THERE = { ...HERE, workspaceId: DEV.id }

let directory: ReturnType<typeof temporaryDirectory>
let store: ConsoleStore

beforeEach(() => {
  directory = temporaryDirectory()
  store = openConsoleStore(directory.path, new Date(NOW))
})
afterEach(async () => {
  store[Symbol.dispose]()
  await directory[Symbol.asyncDispose]()
})

function addHost(id: string, workspaceId: string): void {
  const none = { labels: [], pinned: false, workspace: null, agentId: null, lastSeenAt: null }
  store.hosts.put({ id, name: id, door: { kind: 'local' }, workspaceId, addedAt: NOW, ...none })
}

function addRun(hostId: string): RunSummary {
  const nothing = { startedAt: null, endedAt: null, progress: null, counts: NO_COUNTS, fault: null, remark: '' }
  const made = { id: randomUUID(), requestKey: randomUUID(), repositoryId: 'r', startedBy: 'ada@desk', queuedAt: NOW }
  const run = summariseRun({ ...made, ...nothing, state: 'running', subject: { kind: 'init', sample: false } })
  store.runs.put(hostId, run)
  return run
}

function addEntry(hostId: string, workspaceId: string): AuditEntry {
  const nothing = { repositoryId: null, runId: null, requestKey: null, snapshotId: null, targetPath: null }
  const open = { planHash: null, outcome: 'pending', files: null, bytes: null, endedAt: null, proof: null } as const
  const who = { actor: 'ada@desk', origin: 'a test', action: 'host.sample', summary: 'a sample', reason: '' } as const
  const entry: AuditEntry = { id: randomUUID(), at: NOW, hostId, ...who, ...nothing, ...open }
  store.audit.append(entry, workspaceId)
  return entry
}

test('what belongs to a workspace is found there and nowhere else', () => {
  store.workspaces.put(DEV)
  addHost('here', FIRST_WORKSPACE)
  addHost('there', DEV.id)
  const [here, there] = [addRun('here'), addRun('there')]
  const [asked, askedThere] = [addEntry('here', FIRST_WORKSPACE), addEntry('there', DEV.id)]
  expect(store.runs.get('here', here.id)).toEqual(here)
  expect(store.runs.hostsOf(here.id)).toEqual(['here'])
  expect(store.runs.hostsOf(there.id)).toEqual(['there'])
  expect(store.audit.recent(HERE)).toEqual([asked])
  expect(store.audit.recent(THERE)).toEqual([askedThere])
  // Its host is no more, and what was done there still belongs to it.
  store.hosts.remove('there')
  expect(store.audit.recent(THERE)).toEqual([askedThere])
})

test('a workspace is found by its name whatever its case, and one that was removed by its id alone', () => {
  const { workspaces } = store
  expect(workspaces.list()).toMatchObject([{ id: FIRST_WORKSPACE, name: 'This computer', color: 'teal' }])
  workspaces.put(DEV)
  expect(workspaces.named('development')).toEqual(DEV)
  expect(() => workspaces.put({ ...DEV, id: 'other' })).toThrow(/UNIQUE/)
  const renamed = { ...DEV, name: 'Dev', color: 'red' } as const
  workspaces.put(renamed)
  workspaces.remove(DEV.id, NOW)
  expect(workspaces.list()).toHaveLength(1)
  expect(workspaces.named('Dev')).toBeNull()
  expect(workspaces.get(DEV.id)).toEqual(renamed)
  workspaces.put({ ...renamed, id: 'other' })
  expect(workspaces.list()).toHaveLength(2)
})
