import { expect, test } from 'vitest'
import {
  type ChosenManner,
  openSections,
  problemWithFolder,
  type RestoreChoice,
  requestOf,
  USUAL_MANNER,
} from './restore-choice.ts'

const source = { snapshotId: 'a'.repeat(64), selection: { include: ['/etc'], exclude: [] } }
const nothing: RestoreChoice = { repositoryId: null, sources: [], hasClash: false, manner: USUAL_MANNER }
const complete: RestoreChoice = { ...nothing, repositoryId: 'db-01', sources: [source] }
const asked = (manner: Partial<ChosenManner>) => requestOf({ ...complete, manner: { ...USUAL_MANNER, ...manner } })

test('a section opens when the ones before it are complete', () => {
  expect(openSections(nothing)).toEqual({ where: false, plan: false })
  expect(openSections({ ...complete, sources: [] })).toEqual({ where: false, plan: false })
  expect(openSections(complete)).toEqual({ where: true, plan: true })
  expect(openSections({ ...complete, manner: { ...USUAL_MANNER, target: 'path' } })).toEqual({
    where: true,
    plan: false,
  })
})

test('nothing is asked of the agent while two versions of one path are chosen', () => {
  expect(openSections({ ...complete, hasClash: true })).toEqual({ where: false, plan: false })
  expect(requestOf({ ...complete, hasClash: true })).toBeNull()
})

test('nothing is asked of the agent until all of it is chosen', () => {
  expect(requestOf({ ...complete, sources: [] })).toBeNull()
  expect(asked({ target: 'path', folder: 'relative' })).toBeNull()
  expect(asked({ target: 'path', folder: '/srv/x' })?.target).toEqual({ kind: 'path', path: '/srv/x' })
})

test('a folder is taken as it was typed, spaces at its end and all', () => {
  expect(asked({ target: 'path', folder: '/srv/x ' })?.target).toEqual({ kind: 'path', path: '/srv/x ' })
})

test('what has no meaning for a target is never asked for', () => {
  expect(asked({ conflicts: 'never', deleteExtra: true })).toMatchObject({ conflicts: 'always', deleteExtra: false })
  expect(asked({ target: 'path', folder: '/srv/x', conflicts: 'keep-both', deleteExtra: true })).toMatchObject({
    conflicts: 'keep-both',
    deleteExtra: false,
  })
  expect(asked({ target: 'in-place', layout: 'selected-only', deleteExtra: true })).toMatchObject({
    layout: 'full-path',
    deleteExtra: true,
  })
})

test('nothing is deleted, and what was written is read back, unless somebody says otherwise', () => {
  expect(requestOf(complete)).toMatchObject({ target: { kind: 'staging' }, deleteExtra: false, readBack: true })
})

test('the root and relative folders are no targets', () => {
  expect(['', '/', '//', 'x'].map(problemWithFolder)).not.toContain(null)
  expect(problemWithFolder('/x')).toBeNull()
})
