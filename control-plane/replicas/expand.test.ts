import { expect, test } from 'vitest'
import {
  backupOf,
  declarationOf,
  type FleetFixture,
  fleetOf,
  gistOf,
  groupOf,
  intentOf,
  machineOf,
} from '../testing/fleet-fixture.ts'
import { expand, worklistOf } from './expand.ts'
import type { Products } from './fleet.ts'

const once = ['check', 'once']
const fleet: FleetFixture = {
  intents: [intentOf('verify')],
  groups: [groupOf('g')],
  machines: [machineOf('a', 'g'), machineOf('b', 'g'), machineOf('elsewhere', 'h')],
  backups: [backupOf('a', 't', 's1'), backupOf('a', 'files', 's9')],
}
const names = (fixture: FleetFixture, ...declarations: ReturnType<typeof declarationOf>[]) =>
  worklistOf(declarations, fleetOf(fixture)).map(({ machine_id, name }) => `${machine_id} ${name}`)
const withheld = (fixture: FleetFixture, declaration = declarationOf('x')) =>
  expand(declaration, fleetOf(fixture)).map(({ machineId, withheld: why }) => `${machineId} ${why ?? 'entry'}`)

test('a declaration of a group is an entry for each of its machines, with the latest snapshot of its type', () => {
  const [first, second, ...others] = worklistOf([declarationOf('x', { overdueAfter: 60 })], fleetOf(fleet))
  expect(first).toEqual({
    replica_id: 'id of x',
    group_id: 'g',
    machine_id: 'a',
    server_id: 'a',
    type: 't',
    intent: 'verify',
    name: 'x',
    overdue_after_seconds: 60,
    params: {},
    snapshot_id: 's1',
    snapshot_at: '2026-06-01T00:00:00.000Z',
    storage: 'rest',
    bucket: '',
    prefix: '',
    region: '',
    repository_url: 'rest:https://plane/g/',
  })
  expect(second).toMatchObject({ machine_id: 'b', snapshot_id: null, snapshot_at: null })
  expect(others).toEqual([])
})

test('what the consumer does not say it can do is not dispatched, and is a gap', () => {
  expect(names({ ...fleet, intents: [] }, declarationOf('x'))).toEqual([])
  expect(withheld({ ...fleet, intents: [intentOf('other')] })).toEqual(['a gap', 'b gap'])
})

test('a declaration that is disabled, or of a group that is not ready, is withheld and says why', () => {
  expect(withheld(fleet, declarationOf('x', { enabled: false }))).toEqual(['a disabled', 'b disabled'])
  const notReady = { ...fleet, groups: [groupOf('g', 'provisioning')] }
  expect(withheld(notReady)).toEqual(['a group-not-ready', 'b group-not-ready'])
  expect(names(notReady, declarationOf('x'))).toEqual([])
})

test('of a machine that left the group or was archived nothing is dispatched, and that it is gone is said', () => {
  expect(withheld(fleet, declarationOf('x', { machineId: 'elsewhere' }))).toEqual(['elsewhere machine-gone'])
  const archived = { ...fleet, machines: [machineOf('a', 'g', '2026-06-01T00:00:00.000Z'), machineOf('b', 'g')] }
  expect(withheld(archived)).toEqual(['b entry'])
  expect(withheld(archived, declarationOf('x', { machineId: 'a' }))).toEqual(['a machine-gone'])
})

test('one of a machine and one of its group are both dispatched, the machine’s first', () => {
  const declarations = [declarationOf('all'), declarationOf('one', { machineId: 'b' })]
  expect(names(fleet, ...declarations)).toEqual(['b one', 'a all', 'b all'])
})

test('of a machine and a name there is one entry', () => {
  const declarations = [declarationOf('x'), declarationOf('x', { machineId: 'b' })]
  expect(names(fleet, ...declarations)).toEqual(['b x', 'a x'])
})

test('with once an entry goes when the last healthy report is of its snapshot, and is back with the next snapshot', () => {
  const key = { machineId: 'a', type: 't', intent: 'verify', name: 'x' }
  const healthy = gistOf('s1', '2026-06-01T01:00:00.000Z')
  const settled = { ...fleet, intents: [intentOf('verify', once)], heads: [{ key, head: { last: healthy, healthy } }] }
  expect(withheld(settled)).toEqual(['a settled', 'b entry'])
  expect(withheld({ ...settled, intents: [intentOf('verify', ['check'])] })).toEqual(['a entry', 'b entry'])
  expect(withheld({ ...settled, backups: [backupOf('a', 't', 's2')] })).toEqual(['a entry', 'b entry'])
  expect(withheld({ ...settled, backups: [] })).toEqual(['a entry', 'b entry'])
  expect(withheld(settled, declarationOf('y'))).toEqual(['a entry', 'b entry'])
})

test('with once a failed report does not settle, and does not take back what was settled', () => {
  const key = { machineId: 'a', type: 't', intent: 'verify', name: 'x' }
  const failed = gistOf('s1', '2026-06-01T02:00:00.000Z', { healthy: false, outcome: 'failure' })
  const intents = [intentOf('verify', once)]
  expect(withheld({ ...fleet, intents, heads: [{ key, head: { last: failed, healthy: null } }] })[0]).toBe('a entry')
  const before = gistOf('s1', '2026-06-01T01:00:00.000Z')
  expect(withheld({ ...fleet, intents, heads: [{ key, head: { last: failed, healthy: before } }] })[0]).toBe(
    'a settled',
  )
})

const products: Products = {
  candidate: ({ id }) => (id === 'a' ? { applicationType: 'central', version: '2.3.0', versionId: 'v' } : null),
  isTried: () => false,
  manifest: ({ id }) =>
    id === 'a' ? { url: 'https://manifest', versionQuery: 'select 1', fallbackToBase: true } : null,
}

test('a migration is dispatched with its version, withheld without one, and settled by any verdict', () => {
  const migrating = { ...fleet, intents: [intentOf('verify', [...once, 'migrate'])], products }
  expect(withheld(migrating)).toEqual(['a entry', 'b no-candidate'])
  const [entry] = worklistOf([declarationOf('x')], fleetOf(migrating))
  expect(entry).toMatchObject({ application_type: 'central', target_version: '2.3.0', target_version_id: 'v' })
  const tried = { ...products, isTried: (...pair: string[]) => pair.join(' ') === 'a s1 v' }
  expect(withheld({ ...migrating, products: tried })).toEqual(['a settled', 'b no-candidate'])
})

test('our own plane knows no versions and no manifests: what needs them is withheld', () => {
  expect(withheld({ ...fleet, intents: [intentOf('verify', ['reporting-schema'])] })[0]).toBe('a no-candidate')
  const redacting = declarationOf('x', { redacts: true })
  expect(withheld({ ...fleet, intents: [intentOf('verify', ['redact'])] }, redacting)[0]).toBe('a no-manifest')
})

const maskingParams = {
  redaction_manifest_url: { type: 'text' },
  redaction_version_fallback_to_base: { type: 'boolean', default: true },
} as const

test('masking parameters are the plane’s own: null where nothing is redacted, whatever is stored or usual', () => {
  const masking = { ...fleet, intents: [intentOf('verify', ['redact'], maskingParams)], products }
  const hostile = { redaction_manifest_url: 'https://evil.example', redaction_version_query: 'drop' }
  const [plain] = worklistOf([declarationOf('x', { params: hostile })], fleetOf(masking))
  expect(plain?.params).toEqual({ redaction_manifest_url: null, redaction_version_fallback_to_base: null })
  const redacting = declarationOf('x', { params: hostile, redacts: true })
  expect(withheld(masking, redacting)).toEqual(['a entry', 'b no-manifest'])
  const [masked] = worklistOf([redacting], fleetOf(masking))
  expect(masked?.params).toEqual({
    redaction_manifest_url: 'https://manifest',
    redaction_version_fallback_to_base: true,
  })
})
