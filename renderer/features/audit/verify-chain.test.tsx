import { fireEvent, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { auditAnchorSchema } from '../../../contract/shapes/audit-chain.ts'
import { press, showConsole } from '../../../test/show-console.tsx'
import { anchorOf } from '../../gallery/console/audit-chain.ts'
import { busyWorld, type World } from '../../gallery/console/index.ts'

/** The gallery's hosts while nothing runs on them. */
function quietWorld(): World {
  const world = busyWorld()
  for (const [id, host] of world.hosts) world.hosts.set(id, { ...host, activeRun: null })
  return world
}

test('each host can be asked whether its record is as it was written, and the first broken entry is named', async () => {
  using shown = showConsole(quietWorld(), '/audit')
  await press('Verify…')
  await press('Verify db-01')
  expect(await screen.findByText(/^Intact: 1.204 entries\.$/)).toBeDefined()
  await press('Verify web-01')
  expect(await screen.findByText('Entry 812 was changed.')).toBeDefined()
  expect(screen.getByText(/field-1@lab, file\.preview/)).toBeDefined()
  expect(shown.asked('audit.verify')).toEqual([
    { hostId: 'db-01', anchor: null },
    { hostId: 'web-01', anchor: null },
  ])
})

test('this console’s own record is checked in the same place', async () => {
  using shown = showConsole(quietWorld(), '/audit')
  await press('Verify…')
  await press('Verify This console')
  expect(await screen.findByText(/^Intact: 1.204 entries\.$/)).toBeDefined()
  expect(shown.asked('audit.verifyOwn')).toEqual([{ anchor: null }])
})

test('an anchor is handed over as a file of one line, and a host is held against it', async () => {
  const kept: Blob[] = []
  URL.createObjectURL = (blob) => (blob instanceof Blob ? `blob:${kept.push(blob)}` : '')
  URL.revokeObjectURL = () => undefined
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  using shown = showConsole(quietWorld(), '/audit')
  await press('Verify…')
  await press('Export anchor of db-01')
  await vi.waitFor(() => expect(saved).toHaveBeenCalledOnce())
  saved.mockRestore()
  expect(auditAnchorSchema.parse(JSON.parse((await kept[0]?.text()) ?? ''))).toMatchObject({ agentId: 'db-01' })
  const input = (await screen.findAllByRole('button', { name: /Against an anchor/ }))
    .find((button) => button.getAttribute('aria-label')?.includes('db-01'))
    ?.parentElement?.querySelector<HTMLInputElement>('input[type=file]')
  if (!input) throw new Error('there is no way to choose a file')
  const anchor = anchorOf('db-01')
  fireEvent.change(input, { target: { files: [new File([`${JSON.stringify(anchor)}\n`], 'anchor.json')] } })
  expect(await screen.findByText(/^Intact: 1.204 entries\. It goes on from the anchor\.$/)).toBeDefined()
  expect(shown.asked('audit.verify')).toEqual([{ hostId: 'db-01', anchor }])
  fireEvent.change(input, { target: { files: [new File(['nothing'], 'anchor.json')] } })
  expect((await screen.findByRole('alert')).textContent).toContain('is not an anchor')
})
