import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld } from '../../gallery/console/index.ts'
import { EMBEDDED_PLANE } from '../../gallery/console/planes.ts'
import { replicaId } from '../../gallery/console/replicas.ts'

const AT = `/replicas/${EMBEDDED_PLANE}/${replicaId('pacs-verify')}`

async function choose(item: string): Promise<void> {
  await press('Export')
  fireEvent.click(await screen.findByRole('menuitem', { name: item, hidden: true }))
}

test('every report is handed over as a file; while it is read the count stands there, and it can be stopped', async () => {
  const kept: Blob[] = []
  URL.createObjectURL = (blob) => (blob instanceof Blob ? `blob:${kept.push(blob)}` : '')
  URL.revokeObjectURL = () => undefined
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  const world = busyWorld()
  using console = showConsole(world, AT)
  world.answers.set('verifications.export', 'never')
  await choose('CSV, for spreadsheets')
  expect((await screen.findByText('0 reports read')).getAttribute('role')).toBe('status')
  await press('Stop')
  await screen.findByRole('button', { name: 'Export' })
  expect(saved).not.toHaveBeenCalled()
  expect(screen.queryByRole('alert')).toBeNull()

  world.answers.delete('verifications.export')
  await choose('JSON, with all that was said')
  await waitFor(() => expect(saved).toHaveBeenCalledOnce())
  saved.mockRestore()
  const reports = JSON.parse((await kept[0]?.text()) ?? '') as readonly { readonly replicaId: string }[]
  expect(reports.length).toBeGreaterThan(20)
  expect(new Set(reports.map((one) => one.replicaId))).toEqual(new Set([replicaId('pacs-verify')]))
  expect(console.asked('verifications.export')).toMatchObject([{ format: 'csv' }, { format: 'json' }])
})
