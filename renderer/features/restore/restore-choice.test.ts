import { expect, test } from 'vitest'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RestorePlan } from '../../../contract/shapes/restore.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { busyWorld } from '../../gallery/console/index.ts'
import {
  obstacleTo,
  openSections,
  problemWithFolder,
  type RestoreChoice,
  requestOf,
  sentenceOf,
  WHOLE_SNAPSHOT,
} from './restore-choice.ts'

const world = busyWorld()
const host = world.hosts.get('db-01') as HostView
const snapshot = world.snapshots.get('db-01')?.[0] as Snapshot
const nothing: RestoreChoice = { repositoryId: null, snapshot: null, selection: null, target: 'staging', folder: '' }
const complete: RestoreChoice = { ...nothing, repositoryId: 'db-01', snapshot, selection: WHOLE_SNAPSHOT }
const plan: RestorePlan = {
  files: 214,
  bytes: 38 * 1024 ** 2,
  targetPath: '/var/restic-restore/<run-id>',
  free: 58 * 1024 ** 3,
  hash: 'h',
  madeAt: '2026-11-21T14:05:00Z',
}

test('a section opens when the ones before it are complete', () => {
  expect(openSections(nothing)).toEqual({ where: false, confirm: false })
  expect(openSections({ ...complete, selection: null })).toEqual({ where: false, confirm: false })
  expect(openSections(complete)).toEqual({ where: true, confirm: true })
  expect(openSections({ ...complete, target: 'path' })).toEqual({ where: true, confirm: false })
  expect(openSections({ ...complete, target: 'path', folder: '/srv/restored' })).toEqual({ where: true, confirm: true })
})

test('nothing is asked of the agent until all of it is chosen', () => {
  expect(requestOf({ ...complete, selection: null })).toBeNull()
  expect(requestOf({ ...complete, target: 'path', folder: 'relative' })).toBeNull()
  expect(requestOf({ ...complete, target: 'path', folder: '/srv/x' })?.target).toEqual({ kind: 'path', path: '/srv/x' })
})

test('a folder is taken as it was typed, spaces at its end and all', () => {
  expect(requestOf({ ...complete, target: 'path', folder: '/srv/x ' })?.target).toEqual({
    kind: 'path',
    path: '/srv/x ',
  })
})

test('the root and relative folders are no targets', () => {
  expect(['', '/', '//', 'x'].map(problemWithFolder)).not.toContain(null)
  expect(problemWithFolder('/x')).toBeNull()
})

test('it cannot start without a plan, without room, without restic or without the host', () => {
  expect(obstacleTo(host, complete, plan)).toBeNull()
  expect(obstacleTo(host, complete, null)).toBe('no-plan')
  expect(obstacleTo(host, complete, { ...plan, free: 1 })).toBe('no-space')
  expect(obstacleTo(host, complete, { ...plan, free: null })).toBeNull()
  expect(obstacleTo(world.hosts.get('pacs-archive') as HostView, complete, plan)).toBe('no-restic')
  expect(obstacleTo(world.hosts.get('lab-win-7') as HostView, complete, plan)).toBe('unreachable')
})

test('the sentence says how much, from what, where to, and what is not applied', () => {
  expect(sentenceOf(host, snapshot, { plan, target: 'staging' })).toMatch(
    /^Restore 214 files, 38.0 MiB, from db-01’s snapshot of 21 Nov 2026, .* into a fresh folder on db-01\. Owners are not applied\.$/,
  )
  const chosen = { ...plan, targetPath: '/srv/restored' }
  expect(sentenceOf({ ...host, local: true }, snapshot, { plan: chosen, target: 'path' })).toContain(
    'into /srv/restored on this computer.',
  )
})
