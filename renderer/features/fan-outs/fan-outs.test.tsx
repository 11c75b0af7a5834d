import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fanOutPhrase } from '../../../contract/shapes/fan-out.ts'
import { fill, press, showConsole } from '../../../test/show-console.tsx'
import { FAN_OUT_GOING, FAN_OUT_PARTIAL } from '../../gallery/console/fan-outs.ts'
import { busyWorld, emptyWorld } from '../../gallery/console/index.ts'

async function check(name: string): Promise<void> {
  fireEvent.click(await screen.findByRole('checkbox', { name }))
}

test('what failed is tried again on those hosts alone, planned before, and with the phrase for so many', async () => {
  const world = busyWorld()
  using console = showConsole(world, `/fan-outs/${FAN_OUT_PARTIAL}`)
  const again = await screen.findByRole('link', { name: /^Try again on/ })
  fireEvent.click(again)
  expect(await screen.findByText('Plan it first: nothing is started that nobody has seen.')).toBeDefined()
  const asked = () => console.asked('fanOuts.plan')
  const plan = await screen.findByRole('button', { name: /^Plan on/ })
  fireEvent.click(plan)
  await waitFor(() => expect(asked()).toHaveLength(1))
  const { hostIds } = asked()[0] as { readonly hostIds: readonly string[] }
  const failed = world.fanOuts.get(FAN_OUT_PARTIAL)?.hosts.filter(({ state }) => state !== 'succeeded')
  expect([...hostIds].sort()).toEqual(failed?.map(({ hostId }) => hostId).sort())
})

test('a fan-out that goes on is stopped between its hosts, and says what was not begun', async () => {
  using console = showConsole(busyWorld(), `/fan-outs/${FAN_OUT_GOING}`)
  await press('Start no further hosts')
  await waitFor(() => expect(console.asked('fanOuts.cancel')).toMatchObject([{ when: 'between' }]))
  expect(await screen.findAllByText('not begun')).toHaveLength(3)
  expect(screen.getAllByText('Not started: the restore was stopped before its turn.')).toHaveLength(3)
})

test('in place it takes the phrase, and a host that cannot be reached cannot be chosen', async () => {
  const world = busyWorld()
  const fanOut = world.fanOuts.get(FAN_OUT_PARTIAL)
  const hosts = [...world.hosts.values()]
  const connected = hosts.filter(({ link, agent }) => link.state === 'connected' && agent?.privileged === true)
  if (fanOut === undefined) throw new Error('There is no such fan-out.')
  const failing = hosts.map(({ id, name }) => ({ ...fanOut.hosts[0], hostId: id, name, state: 'failed' as const }))
  world.fanOuts.set(fanOut.id, { ...fanOut, hosts: failing as typeof fanOut.hosts })
  using console = showConsole(world, `/fan-outs/${fanOut.id}/retry`)
  for (const { name } of hosts.filter(({ link }) => link.state !== 'connected')) {
    expect(await screen.findByRole<HTMLInputElement>('checkbox', { name })).toMatchObject({ disabled: true })
  }
  const all = 'All hosts that can be chosen'
  await check(all)
  await check(all)
  fireEvent.click(await screen.findByRole('button', { name: /^Plan on/ }))
  const phrase = fanOutPhrase(connected.length, 'en')
  await fill(`Type “${phrase}”`, 'restore in place on 1 host')
  await fill('Why', 'The disks were swapped')
  const start = await screen.findByRole<HTMLButtonElement>('button', { name: /^Restore in place on/ })
  expect(start.disabled).toBe(true)
  await fill(`Type “${phrase}”`, phrase)
  await waitFor(() => expect(start.disabled).toBe(false))
  fireEvent.click(start)
  await waitFor(() => expect(console.asked('fanOuts.startInPlace')).toHaveLength(1))
  expect(console.asked('fanOuts.startInPlace')).toMatchObject([{ confirmation: { phrase, safetySnapshot: true } }])
})

test('where nothing was restored on several hosts it says how that is done', async () => {
  using _ = showConsole(emptyWorld(), '/fan-outs')
  expect(await screen.findByText('Nothing was restored on several hosts yet')).toBeDefined()
})
