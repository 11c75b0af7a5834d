import { expect, test } from 'vitest'
import { Fault, type FaultOf, faultSchemas } from '../../contract/errors.ts'
import { ConnectionLost } from '../../contract/wire/port.ts'
import { describeError, describeFault } from './describe-fault.ts'

const FAULTS: readonly FaultOf[] = [
  { code: 'unauthenticated', data: { by: 'backend' } },
  { code: 'unauthenticated', data: { by: 'agent' } },
  { code: 'unauthenticated', data: { by: 'console' } },
  { code: 'forbidden', data: { needs: 'operator' } },
  { code: 'forbidden', data: { needs: 'workspace' } },
  { code: 'forbidden', data: { needs: 'safety-mode: danger' } },
  { code: 'not_found', data: { what: 'snapshot', id: 'abc' } },
  { code: 'host_busy', data: { runId: 'r1', kind: 'restore', startedAt: '2026-11-21T02:00:00Z' } },
  { code: 'conflict', data: { what: 'target_not_empty', detail: '/srv/out' } },
  { code: 'plan_drifted', data: { added: 1, changed: 0, removed: 2 } },
  { code: 'invalid_input', data: { issues: [{ path: ['url'], message: 'Say where the repository is.' }] } },
  { code: 'repository_locked', data: { by: 'root@db-01 (71)', since: null } },
  { code: 'wrong_password', data: {} },
  { code: 'repository_not_initialised', data: {} },
  { code: 'tool_missing', data: { tool: 'restic', wanted: '0.17.1', found: '0.14.0' } },
  { code: 'tool_failed', data: { tool: 'restic', exitCode: 1, stderrTail: 'Fatal: no luck' } },
  { code: 'unreachable', data: { host: 'backup.example', reason: 'no route to host' } },
  { code: 'version_mismatch', data: { ours: '1', theirs: '2' } },
  { code: 'no_space', data: { needed: 2048, free: 1024 } },
  { code: 'cancelled', data: {} },
  { code: 'internal', data: { reference: 'ref-7' } },
]

test('every code of the closed set is here', () => {
  expect(new Set(FAULTS.map(({ code }) => code))).toEqual(new Set(Object.keys(faultSchemas)))
})

test.each(FAULTS)('$code says what is so and one next step', (fault) => {
  const { title, explanation, nextStep } = describeFault(fault)
  expect(title).toMatch(/^[A-Za-z]/)
  expect(title).not.toMatch(/\.$/)
  expect(nextStep).toMatch(/\.$/)
  if (explanation !== '') expect(explanation).toMatch(/\S/)
  expect(`${title}${explanation}${nextStep}`).not.toMatch(/undefined|null|\[object/)
})

test('the figures of a fault are in its sentences', () => {
  const sentence = (fault: FaultOf): string => describeFault(fault).explanation
  expect(sentence({ code: 'no_space', data: { needed: 2048, free: 1024 } })).toBe(
    '2.00 KiB are needed and 1.00 KiB are free.',
  )
  expect(sentence({ code: 'plan_drifted', data: { added: 1, changed: 0, removed: 2 } })).toBe(
    'Since then 1 item added, 2 items removed.',
  )
  expect(sentence({ code: 'plan_drifted', data: { added: null, changed: null, removed: null } })).toContain(
    'does not remember the earlier plan',
  )
})

test.each([
  'two_versions',
  'same_name',
  'plan_needed',
  'confirmation_needed',
  'wrong_host_name',
  'nothing_to_resume',
  'nothing_to_retry',
  'no_way_back',
  'target_unusable',
  'target_in_repository',
  'path_not_confinable',
  'other_workspace',
  'workspace_exists',
  'workspace_not_empty',
  'workspace_entered',
  'wrong_workspace_name',
  'plane_exists',
  'plane_embedded',
  'embedded_plane_off',
  'own_consumer_off',
  'plane_without_enrolment',
  'plane_without_groups',
  'plane_conflict',
  'group_exists',
  'replica_exists',
  'replica_changed',
  'wrong_replica_name',
])('the conflict %s has sentences of its own', (what) => {
  const { title, explanation, nextStep } = describeFault({ code: 'conflict', data: { what, detail: '/srv/out' } })
  expect(title).not.toBe('Something is in the way')
  expect(explanation).not.toBe('')
  expect(nextStep).toMatch(/\.$/)
})

test('a tool’s own words are kept apart from ours', () => {
  const fault = new Fault('tool_failed', { tool: 'restic', exitCode: 1, stderrTail: 'Fatal: no luck' })
  expect(describeError(fault)).toMatchObject({ title: 'restic failed', detail: 'Fatal: no luck' })
})

test('a lost connection does not claim that nothing was done', () => {
  expect(describeError(new ConnectionLost('closed')).explanation).toBe(
    'It is not known whether what you asked for was done.',
  )
})

test('a conflict that has no sentence of its own still says what it is about', () => {
  const description = describeFault({ code: 'conflict', data: { what: 'something_new', detail: '/srv' } })
  expect(description.explanation).toBe('something new: /srv')
})
