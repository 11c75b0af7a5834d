import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { fill, press, showConsole } from '../../../test/show-console.tsx'
import { consumerId } from '../../gallery/console/consumers.ts'
import {
  busyPlanes,
  busyWorld,
  CANOPY_PLANE,
  crowdedPlanes,
  EMBEDDED_PLANE,
  emptyWorld,
  replicaId,
  type World,
} from '../../gallery/console/index.ts'

const list = () => screen.findByRole('grid', { name: 'Replicas' })
const drawer = (name: string | RegExp) => screen.findByRole('dialog', { name })
const at = (name: string): string => `/replicas/${EMBEDDED_PLANE}/${replicaId(name)}`

async function rowOf(name: string): Promise<HTMLElement> {
  const row = (await within(await list()).findByText(name)).closest<HTMLElement>('[data-row]')
  if (row === null) throw new Error(`no row of ${name}`)
  return row
}

async function names(): Promise<(string | null | undefined)[]> {
  const rows = within(await list())
    .getAllByRole('row')
    .slice(1)
  return rows.map((row) => within(row).getAllByRole('gridcell')[0]?.textContent)
}

/** Choose in a field of the open drawer. */
async function choose(within_: HTMLElement, label: string, option: string): Promise<void> {
  fireEvent.click(await within(within_).findByRole('combobox', { name: label }))
  const found = await waitFor(() => {
    // The page behind has filters that offer the same, before it.
    const options = screen.getAllByRole('option', { hidden: true })
    const one = options.findLast((each) => each.textContent?.startsWith(option) === true)
    if (one === undefined) throw new Error(`no option ${option}`)
    return one
  })
  fireEvent.click(found)
}

/** How many lines there are, also those out of sight. */
async function count(): Promise<number> {
  return Number((await list()).getAttribute('aria-rowcount')) - 1
}

test('the worst stands first, with its state in a word and its cause beside it', async () => {
  using _ = showConsole(busyWorld(), '/replicas')
  await waitFor(async () =>
    expect((await names()).slice(0, 3)).toEqual(['north-db-verify', 'pacs-verify', 'web-verify']),
  )
  expect((await rowOf('pacs-verify')).textContent).toContain('failingcould not locate a valid checkpoint record')
  expect((await rowOf('laboratory-analytics')).textContent).toContain('prover-2 does not offer “analytics” now')
  expect((await rowOf('ward-verify')).textContent).toContain('The password does not open this repository')
  expect(
    screen.getByText(
      /Laboratory plane does not answer: Nothing listens at plane\.laboratory\.example:8444\. What you see is from/,
    ),
  ).toBeDefined()
})

test('what needs attention is a filter of one key, and stands in the address', async () => {
  using console = showConsole(busyWorld(), '/replicas')
  await list()
  fireEvent.keyDown(document.body, { key: 'a' })
  await waitFor(async () => expect(await count()).toBe(8))
  expect(console.history.location.search).toBe('?attention=yes')
  fireEvent.keyDown(document.body, { key: 'Escape' })
  await waitFor(async () => expect(await count()).toBe(15))
})

test('a declaration of several machines opens to them with a key', async () => {
  using _ = showConsole(busyWorld(), '/replicas?text=north-db')
  const row = await rowOf('north-db-verify')
  fireEvent.keyDown(row, { key: 'ArrowRight' })
  await waitFor(async () => expect(await count()).toBe(13))
  expect((await rowOf('db-01')).textContent).toContain('overdue')
  fireEvent.keyDown(await rowOf('north-db-verify'), { key: 'ArrowLeft' })
  await waitFor(async () => expect(await count()).toBe(1))
})

test('of five thousand only those in sight are in the page', async () => {
  using _ = showConsole(busyWorld({ plane: crowdedPlanes() }), '/replicas')
  expect(await count()).toBe(5000)
  expect(document.querySelectorAll('[data-row]').length).toBeLessThan(200)
})

test('a link leads to one replica, with the error in full and both clocks', async () => {
  using console = showConsole(busyWorld(), at('pacs-verify'))
  const opened = await drawer(/^pacs-verify/)
  const [said] = await within(opened).findAllByRole('group', { name: 'What the consumer said' })
  expect(said?.textContent).toContain('pg_ctl: could not start server; examine the log output')
  expect(within(opened).getAllByText(/by the consumer’s clock, heard/).length).toBeGreaterThan(0)
  fireEvent.keyDown(document.body, { key: 'k' })
  await drawer(/^north-db-verify/)
  expect(console.history.location.pathname).toBe(at('north-db-verify'))
})

test('to switch off says first what that takes away', async () => {
  using console = showConsole(busyWorld(), '/replicas?text=pacs-verify')
  fireEvent.keyDown(await rowOf('pacs-verify'), { key: 's' })
  const asked = await drawer('Disable pacs-verify')
  await within(asked).findByText(/prover-1 may then not read any more/)
  expect(console.asked('replicas.setEnabled')).toEqual([])
  fireEvent.click(within(asked).getByText('Disable it'))
  await waitFor(() => expect(console.asked('replicas.setEnabled')).toMatchObject([{ enabled: false }]))
})

test('where the plane is in a lower mode the control stays, and names the mode', async () => {
  using console = showConsole(busyWorld(), '/replicas?text=south')
  fireEvent.click(await screen.findByRole('switch', { name: 'south-verify is on' }))
  await screen.findByText('It needs write mode, and Canopy south is in read-only mode. Raise it first.')
  expect(console.asked('replicas.setEnabled')).toEqual([])
})

test('raised, it can be changed; what takes danger cannot', async () => {
  using console = showConsole(busyWorld(), `/replicas/${CANOPY_PLANE}/${replicaId('south-verify')}`)
  await press('Raise to write')
  await waitFor(() => expect(console.asked('planes.raise')).toEqual([{ planeId: CANOPY_PLANE, mode: 'write' }]))
  await waitFor(async () =>
    expect((await screen.findByRole('button', { name: 'Edit…' })).hasAttribute('aria-disabled')).toBe(false),
  )
  expect(screen.getByRole('button', { name: 'Delete…' }).getAttribute('aria-disabled')).toBe('true')
})

test('a declaration is shown before it is sent, and sent as it was typed', async () => {
  using console = showConsole(busyWorld(), '/replicas')
  await list()
  await press('Declare a replica…')
  const form = await drawer('Declare a replica')
  await choose(form, 'Consumer', 'prover-1')
  await choose(form, 'Group', 'north')
  await within(form).findByText('prover-1 would be sent 12 restores:')
  await fill('ready_timeout', '2h 30m')
  await fill('Overdue after', '36h')
  expect(screen.getByLabelText<HTMLInputElement>('Name', { selector: 'input' }).value).toBe('north-verify')
  fireEvent.click(within(form).getByText('Declare it'))
  await drawer(/^north-verify/)
  expect(console.asked('replicas.declare')).toMatchObject([
    {
      planeId: EMBEDDED_PLANE,
      declaration: { name: 'north-verify', intent: 'verify', overdueAfter: '36h', params: { ready_timeout: '2h 30m' } },
    },
  ])
})

test('a name that is taken leads to the one that has it', async () => {
  using console = showConsole(busyWorld(), '/replicas')
  await list()
  await press('Declare a replica…')
  const form = await drawer('Declare a replica')
  await choose(form, 'Consumer', 'prover-1')
  await choose(form, 'Group', 'north')
  await fill('Name', 'pacs-verify')
  await within(form).findByText('This consumer has one of that name.')
  fireEvent.click(within(form).getByText('Look at it'))
  await waitFor(() => expect(console.history.location.pathname).toBe(at('pacs-verify')))
})

function contested(): World {
  const world = busyWorld()
  const replica = world.plane.replicas.find(({ id }) => id === replicaId('pacs-verify'))
  if (replica === undefined) throw new Error('no replica')
  world.plane.meanwhile.set(replica.id, {
    ...replica,
    declaration: { ...replica.declaration, overdueAfter: '12h' },
    updatedBy: 'jon@field-laptop',
    updatedAt: '2026-11-21T14:03:40.000Z',
  })
  return world
}

test('whoever comes second is told what the first has changed, and neither is lost', async () => {
  using console = showConsole(contested(), at('pacs-verify'))
  await press('Edit…')
  await fill('ready_timeout', '4h')
  await press('Save the change')
  const told = await screen.findByRole('table', { name: 'What differs' })
  expect(within(told).getByRole('row', { name: /^Bound/ }).textContent).toBe('Bound1d12h1d')
  expect(within(told).getByRole('row', { name: /^ready_timeout/ }).textContent).toBe('ready_timeout2h 30m2h 30m4h')
  await press('Keep theirs and add mine')
  await press('Save the change')
  await waitFor(() => expect(console.asked('replicas.change')).toHaveLength(2))
  expect(console.asked('replicas.change')[1]).toMatchObject({
    updatedAt: '2026-11-21T14:03:40.000Z',
    declaration: { overdueAfter: '12h', params: { ready_timeout: '4h', memory: '16Gi' } },
  })
})

test('it is deleted only once its name was typed', async () => {
  using console = showConsole(busyWorld(), at('pacs-verify'))
  await press('Delete…')
  await fill('Type pacs-verify', 'pacs-verify')
  await press('Delete pacs-verify')
  await waitFor(() => expect(console.history.location.pathname).toBe('/replicas'))
  expect(console.asked('replicas.remove')).toMatchObject([{ typed: 'pacs-verify' }])
  await waitFor(async () => expect(await names()).not.toContain('pacs-verify'))
})

test('without a control plane there is one button, and then there is one', async () => {
  using console = showConsole(emptyWorld(), '/replicas')
  await press('Switch on the one in this console')
  await screen.findByText('Nobody restores anything yet')
  expect(console.asked('planes.setEmbedded')).toMatchObject([{ on: true, consumerPort: expect.any(Number) }])
})

test('with a consumer and without a replica the first can be declared', async () => {
  using _ = showConsole(busyWorld({ plane: { ...busyPlanes(), replicas: [] } }), '/replicas')
  await press('Declare the first one…')
  expect(await drawer('Declare a replica')).toBeDefined()
})

test('whoever may not look is told so', async () => {
  const answers = new Map([['replicas.watch', new Fault('forbidden', { needs: 'viewer' })]])
  using _ = showConsole(busyWorld({ answers }), '/replicas')
  expect(await screen.findByText('You may not do this here')).toBeDefined()
})

test('a consumer’s page has its worklist and what it was given', async () => {
  const path = `/consumers/${EMBEDDED_PLANE}/${consumerId('prover-1')}`
  using console = showConsole(busyWorld(), path)
  const opened = await drawer('prover-1')
  await within(opened).findByText('memory (size), 4Gi unless set')
  fireEvent.click(within(opened).getByRole('tab', { name: 'Next worklist' }))
  await within(opened).findByText('ready_timeout = 2h 30m, memory = 16Gi')
  fireEvent.click(within(opened).getByRole('tab', { name: 'Credentials' }))
  await within(opened).findByText('arn:aws:iam::000000000000:role/restore-reader')
  expect(console.history.location.search).toBe('?tab=credentials')
})

test('a code is shown once, with what uses it', async () => {
  using _ = showConsole(busyWorld(), '/consumers')
  await screen.findByText('prover-1')
  await press('Enrol a consumer…')
  await fill('Name', 'prover-4')
  await press('Make a code')
  expect(await screen.findByText(/--json '\{"code":"k7Qm-2vXp-9dRt-Lw4n","name":"prover-4"\}'/)).toBeDefined()
})

test('a control plane is asked what it is before it is added', async () => {
  using console = showConsole(busyWorld(), '/planes')
  await press('Add a control plane…')
  await fill('Name', 'Canopy north')
  await fill('Address', 'https://canopy.north.example/')
  await press('Ask what is there')
  await press('Add it')
  await waitFor(() => expect(console.asked('planes.add')).toHaveLength(1))
  expect(console.asked('planes.probe')).toEqual([{ url: 'https://canopy.north.example/', token: null, pin: null }])
  expect(await screen.findByText('Canopy north')).toBeDefined()
})

test('a group is connected with what its storage asks for', async () => {
  using console = showConsole(busyWorld(), '/planes')
  await press('Connect ward')
  await fill('Password of the repository', 'open sesame')
  await fill('User at the server', 'reader')
  await press('Test and connect')
  await waitFor(() => expect(console.asked('planes.connectGroup')).toHaveLength(1))
  expect(console.asked('planes.connectGroup')[0]).toMatchObject({
    name: 'ward',
    access: { url: 'rest:https://backup.example:8000/ward/', repo_password: 'open sesame', username: 'reader' },
  })
})
