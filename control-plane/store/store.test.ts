import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Declaration, openStore, type PlaneStore, type Report } from './index.ts'

let folder: string
let store: PlaneStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plane-store-'))
  store = openStore(join(folder, 'plane.db'))
})

afterEach(() => {
  store[Symbol.dispose]()
  rmSync(folder, { recursive: true })
})

const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 12, minute)).toISOString()

function addDevice(role: 'backup-restore' | 'server' = 'backup-restore') {
  const id = randomUUID()
  store.devices.insert({ id, name: 'verifier', role, keyPin: `pin-${id}`, firstSeenAt: at(0) })
  return id
}

function addGroup(name = 'north') {
  const id = randomUUID()
  store.groups.put({
    id,
    name,
    status: 'ready',
    reason: null,
    url: 'rest:https://backup.example/north/',
    storage: 'rest',
    bucket: '',
    prefix: '',
    region: '',
    repositoryId: null,
    typeRules: [{ by: 'tag', tag: 'pg', type: 'postgres' }],
    madeAt: at(0),
    observedAt: null,
  })
  return id
}

function addMachine(groupId: string, name = 'db1') {
  const id = randomUUID()
  store.machines.put({ id, groupId, name, deviceId: null, firstSeenAt: at(0), archivedAt: null })
  return id
}

function declaration(consumerId: string, groupId: string, change: Partial<Declaration> = {}): Declaration {
  return {
    id: randomUUID(),
    consumerId,
    groupId,
    machineId: null,
    type: 'postgres',
    intent: 'verify',
    name: 'north-verify',
    overdueAfter: 3600,
    params: { grace: 60, schema: null },
    redacts: false,
    publishesSchemas: false,
    migratesOnRequest: true,
    enabled: true,
    createdBy: 'ada',
    createdAt: at(1),
    updatedBy: null,
    updatedAt: at(1),
    ...change,
  }
}

function report(of: Declaration, machineId: string, change: Partial<Report> = {}): Omit<Report, 'sequence'> {
  return {
    id: randomUUID(),
    deviceId: of.consumerId,
    replicaId: of.id,
    replicaName: of.name,
    groupId: of.groupId,
    machineId,
    type: of.type,
    intent: of.intent,
    outcome: 'success',
    replicaHealthy: true,
    observedAt: at(10),
    reportedAt: at(10),
    snapshotId: 's1',
    error: null,
    runId: null,
    startedAt: null,
    body: {
      postgresVersion: '16.2',
      s3SentRawBytes: 1,
      s3SentPayloadBytes: null,
      s3ReceivedRawBytes: null,
      s3ReceivedPayloadBytes: null,
      healthDetails: { sizes: { a: 1 } },
      migration: null,
      redaction: null,
      reportingSchema: null,
    },
    ...change,
  }
}

function reopen() {
  store[Symbol.dispose]()
  store = openStore(join(folder, 'plane.db'))
}

test('what is put is there when the store is opened again, in a file that is its owner’s alone', () => {
  const device = addDevice()
  const group = addGroup()
  const machine = addMachine(group)
  store.machines.putBackup({
    machineId: machine,
    type: 'postgres',
    snapshotId: 's1',
    reportedAt: at(2),
    takenAt: at(1),
  })
  const declared = declaration(device, group)
  store.declarations.insert(declared)
  store.capabilities.replace(device, [{ intent: 'verify', semantics: ['check'], params: {} }], at(1))
  store.reports.record(report(declared, machine))
  store.connections.note({ deviceId: device, at: at(3), ip: '::1', userAgent: null, asked: 'GET /x', status: 200 })
  reopen()
  expect(store.declarations.list()).toEqual([declared])
  expect(store.capabilities.of(device)).toMatchObject([{ intent: 'verify', semantics: ['check'] }])
  expect(store.groups.byName('NORTH')?.typeRules).toEqual([{ by: 'tag', tag: 'pg', type: 'postgres' }])
  expect(store.machines.backupsOf(group)).toMatchObject([{ machineId: machine, snapshotId: 's1', reportedAt: at(2) }])
  expect(
    store.reports.head({ machineId: machine, type: 'postgres', intent: 'verify', name: 'north-verify' }),
  ).toMatchObject({
    last: { healthy: true, snapshotId: 's1' },
  })
  expect(store.devices.get(device)).toMatchObject({ lastSeenAt: at(3), lastWorklistAt: null })
  expect(store.connections.of(device, 10)).toHaveLength(1)
  expect(statSync(join(folder, 'plane.db')).mode & 0o777).toBe(0o600)
})

test('a second plane does not get the store', () => {
  expect(() => openStore(join(folder, 'plane.db'))).toThrow('conflict')
})

test('a store that a newer plane wrote is left alone', () => {
  store[Symbol.dispose]()
  const database = new SqliteDatabase(join(folder, 'plane.db'))
  database.pragma('user_version = 999')
  database.close()
  expect(() => openStore(join(folder, 'plane.db'))).toThrow('version_mismatch')
  rmSync(join(folder, 'plane.db'))
  store = openStore(join(folder, 'plane.db'))
})

test('a store that is no database any more is left alone, and said to be', () => {
  store[Symbol.dispose]()
  const path = join(folder, 'damaged.db')
  writeFileSync(path, 'this is no database, and was never one'.repeat(100))
  expect(() => openStore(path)).toThrow(expect.objectContaining({ data: { what: 'store_damaged', detail: path } }))
  store = openStore(join(folder, 'plane.db'))
})

test('what a transaction that was undone had changed is not seen after it', () => {
  const declared = declaration(addDevice(), addGroup())
  store.declarations.insert(declared)
  expect(store.declarations.list()).toHaveLength(1)
  expect(() =>
    store.transaction(() => {
      store.declarations.delete(declared.id)
      expect(store.declarations.list()).toEqual([])
      throw new Error('undone')
    }),
  ).toThrow('undone')
  expect(store.declarations.list()).toEqual([declared])
  store.declarations.delete(declared.id)
  expect(store.declarations.list()).toEqual([])
})

test('a declaration that is deleted leaves its reports, without its id and with its name', () => {
  const device = addDevice()
  const group = addGroup()
  const machine = addMachine(group)
  const declared = declaration(device, group)
  store.declarations.insert(declared)
  store.reports.record(report(declared, machine))
  store.declarations.delete(declared.id)
  expect(store.reports.page({}, { before: Number.MAX_SAFE_INTEGER, limit: 10 })).toMatchObject([
    { replicaId: null, replicaName: 'north-verify', snapshotId: 's1' },
  ])
})

test('a consumer has one declaration of a name', () => {
  const device = addDevice()
  const group = addGroup()
  store.declarations.insert(declaration(device, group))
  expect(() => {
    store.declarations.insert(declaration(device, group))
  }).toThrow(/UNIQUE/)
  store.declarations.insert(declaration(addDevice(), group))
})

test('capabilities that are still there keep when they were registered, and the others go', () => {
  const device = addDevice()
  const intent = (name: string) => ({ intent: name, semantics: [], params: {} })
  store.capabilities.replace(device, [intent('a'), intent('b')], at(1))
  store.capabilities.replace(device, [intent('b'), intent('c')], at(2))
  expect(store.capabilities.of(device).map((one) => one.intent)).toEqual(['b', 'c'])
  store.capabilities.replace(device, [], at(3))
  expect(store.capabilities.of(device)).toEqual([])
})

test('the head of a replica is what was observed last, whenever it was reported', () => {
  const declared = declaration(addDevice(), addGroup())
  store.declarations.insert(declared)
  const machine = addMachine(declared.groupId)
  store.reports.record(report(declared, machine, { observedAt: at(20), reportedAt: at(21), snapshotId: 'late' }))
  store.reports.record(
    report(declared, machine, { observedAt: at(15), reportedAt: at(22), outcome: 'failure', snapshotId: 'early' }),
  )
  const key = { machineId: machine, type: declared.type, intent: declared.intent, name: declared.name }
  expect(store.reports.head(key)).toMatchObject({ last: { snapshotId: 'late' }, healthy: { snapshotId: 'late' } })
  store.reports.record(
    report(declared, machine, { observedAt: at(30), reportedAt: at(31), replicaHealthy: false, snapshotId: 'last' }),
  )
  const expected = { last: { snapshotId: 'last', healthy: false }, healthy: { snapshotId: 'late' } }
  expect(store.reports.head(key)).toMatchObject(expected)
  reopen()
  expect(store.reports.head(key)).toMatchObject(expected)
})

test('a report from a clock that is ahead is followed by the next, whatever that says of the time', () => {
  const declared = declaration(addDevice(), addGroup())
  store.declarations.insert(declared)
  const machine = addMachine(declared.groupId)
  store.reports.record(report(declared, machine, { observedAt: '2099-01-01T00:00:00.000Z', snapshotId: 'ahead' }))
  store.reports.record(report(declared, machine, { observedAt: at(11), reportedAt: at(11), snapshotId: 'next' }))
  const key = { machineId: machine, type: declared.type, intent: declared.intent, name: declared.name }
  expect(store.reports.head(key)).toMatchObject({ last: { snapshotId: 'next' }, healthy: { snapshotId: 'next' } })
})

test('a snapshot that is known already keeps when it was first heard of', () => {
  const group = addGroup()
  const backup = { machineId: addMachine(group), type: 'postgres', snapshotId: 's1', takenAt: at(1) }
  store.machines.putBackup({ ...backup, reportedAt: at(2) })
  const before = store.revisions.of(group)
  store.machines.putBackup({ ...backup, reportedAt: at(9) })
  expect(store.machines.backupsOf(group)).toMatchObject([{ reportedAt: at(2) }])
  expect(store.revisions.of(group)).toBe(before)
})

test('what no enabled declaration covers any more is revoked, and nothing else', () => {
  const device = addDevice()
  const group = addGroup()
  const declared = declaration(device, group)
  store.declarations.insert(declared)
  const issue = (type: string, expiresAt: string) => {
    const id = randomUUID()
    const rest = {
      bucket: '',
      prefix: '',
      assumedRole: null,
      stsRequestId: null,
      secretHash: 'h',
      storage: 'rest',
    } as const
    store.issuances.insert({
      id,
      deviceId: device,
      groupId: group,
      type,
      runId: null,
      issuedAt: at(0),
      expiresAt,
      accessKeyId: id,
      ...rest,
    })
    return id
  }
  const covered = issue('postgres', at(50))
  const foreign = issue('files', at(50))
  const over = issue('files', at(5))
  expect(store.issuances.revokeUncovered(at(10))).toBe(1)
  expect(store.issuances.byKey(foreign)?.revokedAt).toBe(at(10))
  expect(store.issuances.byKey(over)?.revokedAt).toBeNull()
  store.declarations.update({ ...declared, enabled: false })
  expect(store.issuances.revokeUncovered(at(11))).toBe(1)
  expect(store.issuances.byKey(covered)?.revokedAt).toBe(at(11))
})
