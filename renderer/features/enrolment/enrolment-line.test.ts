import { expect, test } from 'vitest'
import { writeEnrolment } from '../../../contract/shapes/enrolment.ts'
import { pinOf } from '../../gallery/console/fleet.ts'
import { groupsOf, readPasted } from './enrolment-line.ts'

const enrolment = {
  address: 'db-07.clinic.example:7420',
  pin: pinOf('db-07'),
  code: 'Zm9vYmFyYmF6cXV4Zm9vYg',
  workspace: 'Northern clinics',
  role: 'operator',
} as const
const line = writeEnrolment(enrolment)
const problem = (text: string): string => {
  const read = readPasted(text)
  return read.state === 'problem' ? read.problem : read.state
}

test('the line is found with spaces around it, in what a terminal shows around it, and broken in two', () => {
  const whole = { state: 'whole', enrolment }
  expect(readPasted(`  ${line}\n`)).toEqual(whole)
  expect(readPasted(`Paste this line into the console:\n\n  ${line}\n\nIt is good for 15 minutes.`)).toEqual(whole)
  expect(readPasted(`${line.slice(0, 80)}\n${line.slice(80)}`)).toEqual(whole)
})

test('a line that is cut off anywhere is told so', () => {
  for (let length = 1; length < line.length; length += 1)
    expect(problem(line.slice(0, length)), line.slice(0, length)).toMatch(/cut off|only the beginning/)
})

test('what is no such line is told what it is instead', () => {
  expect(problem('rest:https://backup.example:8000/db-01/')).toContain('address of a repository')
  expect(problem('https://console.example/')).toContain('web page')
  expect(problem('root@db-01')).toContain('ssh')
  expect(problem('restore-agent enrol --role admin')).toContain('is the command')
  expect(problem('hello')).toContain('begins with restore-agent://')
  expect(problem(line.replace('role=operator', 'role=owner'))).toContain('changed on the way')
  expect(problem('   ')).toBe('empty')
})

test('a fingerprint is read aloud in groups of four, and nothing of it is lost', () => {
  const groups = groupsOf(enrolment.pin)
  expect(groups.join('')).toBe(enrolment.pin)
  expect(groups.slice(0, -1).every((group) => group.length === 4)).toBe(true)
})
