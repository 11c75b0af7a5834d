import { expect, test } from 'vitest'
import { busyWorld } from '../../gallery/console/index.ts'
import { announcementOf } from './RunAnnouncement.tsx'

const runs = [...busyWorld().runs.values()].map(({ run }) => run)
const running = runs.find(({ state, progress }) => state === 'running' && progress?.bytesTotal != null)

test('how far a run is is said again only after a good part of it', () => {
  if (running?.progress?.bytesTotal == null) throw new Error('nothing runs')
  const { progress } = running
  const at = (share: number) =>
    announcementOf({
      ...running,
      progress: { ...progress, phase: 'restoring', bytesDone: share * (progress.bytesTotal ?? 0) },
    })
  expect(at(0.41)).toMatch(/^Restoring.*, 40 %$/)
  expect(at(0.59)).toBe(at(0.41))
  expect(at(0.6)).not.toBe(at(0.59))
})

test('the end is said in the words of the page', () => {
  const ended = runs.find(({ state, subject }) => state === 'succeeded' && subject.kind === 'restore')
  if (ended === undefined) throw new Error('nothing has ended')
  expect(announcementOf(ended)).toMatch(/^The run is over: succeeded/)
})
