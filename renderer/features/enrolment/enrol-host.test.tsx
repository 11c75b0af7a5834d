import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { writeEnrolment } from '../../../contract/shapes/enrolment.ts'
import { button, press, showConsole } from '../../../test/show-console.tsx'
import { pinOf } from '../../gallery/console/fleet.ts'
import { busyWorld } from '../../gallery/console/index.ts'
import { groupsOf } from './enrolment-line.ts'

const pin = pinOf('db-07')
const line = writeEnrolment({
  address: 'db-07.clinic.example:7420',
  pin,
  code: 'Zm9vYmFyYmF6cXV4Zm9vYg',
  workspace: 'Northern clinics',
  role: 'operator',
})

async function paste(text: string): Promise<void> {
  await press('Enrol a host…')
  fireEvent.change(await screen.findByLabelText('Line'), { target: { value: text } })
}

test('what will be trusted is said before, and the page of the host with its first repository comes after', async () => {
  using console = showConsole(busyWorld(), '/')
  await paste(line)
  expect(await screen.findByText('db-07.clinic.example:7420')).toBeDefined()
  expect(screen.getByText(groupsOf(pin).join(' '))).toBeDefined()
  expect(screen.getByText(/^operator:/)).toBeDefined()
  expect(console.asked('hosts.enrol')).toEqual([])
  await press('Enrol')
  await waitFor(() => expect(console.history.location.pathname).toBe('/hosts/db-07'))
  expect(console.asked('hosts.enrol')).toEqual([{ line, name: '' }])
  expect(await screen.findByText('No repository on this host yet')).toBeDefined()
})

test('a line that is cut off is told so and cannot be sent', async () => {
  using _ = showConsole(busyWorld(), '/')
  await paste(line.slice(0, -4))
  expect(await screen.findByText(/The line is cut off within its code/)).toBeDefined()
  expect((await button('Enrol')).disabled).toBe(true)
})

test.each([
  ['other_key', 'This is not the agent that the line names'],
  ['code_unknown', 'The agent does not know this code'],
  ['code_used', 'This code was used before'],
  ['code_expired', 'This code is no longer good'],
  ['code_workspace', 'This code is for another workspace'],
  ['too_many_tries', 'The agent takes no codes for now'],
  ['host_exists', 'This host is enrolled already'],
])('%s is its own refusal', async (what, title) => {
  const answers = new Map([['hosts.enrol', new Fault('conflict', { what, detail: 'db-07' })]])
  using console = showConsole(busyWorld({ answers }), '/')
  await paste(line)
  await press('Enrol')
  expect(await screen.findByText(title)).toBeDefined()
  expect(console.history.location.pathname).toBe('/')
})

test('through ssh, the command that is run is shown, and an option is no destination', async () => {
  using console = showConsole(busyWorld(), '/')
  await press('Enrol a host…')
  fireEvent.click(await screen.findByLabelText('Through ssh'))
  const destination = await screen.findByLabelText('Destination')
  fireEvent.change(destination, { target: { value: '-oProxyCommand=x' } })
  expect((await button('Connect')).disabled).toBe(true)
  fireEvent.change(destination, { target: { value: 'root@web-03.example' } })
  expect(screen.getByText('ssh root@web-03.example restore-agent stdio')).toBeDefined()
  await press('Connect')
  await waitFor(() => expect(console.history.location.pathname).toBe('/hosts/web-03'))
})
