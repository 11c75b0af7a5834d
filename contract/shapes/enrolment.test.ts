import { expect, test } from 'vitest'
import { type Enrolment, readEnrolment, writeEnrolment } from './enrolment.ts'

const ENROLMENT: Enrolment = {
  address: 'db-01.example:7420',
  pin: 'A'.repeat(43),
  code: 'b-_c'.repeat(5).concat('de'),
  workspace: 'Northern clinics & more',
  role: 'operator',
}

test('a line says what it was made of', () => {
  expect(readEnrolment(writeEnrolment(ENROLMENT))).toEqual(ENROLMENT)
})

test('spaces and line ends around a pasted line do not matter', () => {
  expect(readEnrolment(`  ${writeEnrolment(ENROLMENT)}\r\n`)).toEqual(ENROLMENT)
})

test.each(['127.0.0.1:1', '[::1]:7420', 'a:65535', 'host-1.example.org:443'])('%s is an address', (address) => {
  expect(readEnrolment(writeEnrolment({ ...ENROLMENT, address }))?.address).toBe(address)
})

test.each([
  '',
  'https://db-01.example:7420/',
  writeEnrolment(ENROLMENT).slice(0, -30),
  writeEnrolment({ ...ENROLMENT, address: 'db-01.example:0' }),
  writeEnrolment({ ...ENROLMENT, address: 'db-01.example:70000' }),
  writeEnrolment({ ...ENROLMENT, address: '-x:1' }),
  writeEnrolment({ ...ENROLMENT, pin: 'short' }),
  writeEnrolment({ ...ENROLMENT, workspace: '' }),
  writeEnrolment(ENROLMENT).replace('operator', 'root'),
  `${writeEnrolment(ENROLMENT)}&x=%E0%A4%A`,
  `${writeEnrolment(ENROLMENT)} and more`,
])('%j is no enrolment', (line) => {
  expect(readEnrolment(line)).toBeUndefined()
})
