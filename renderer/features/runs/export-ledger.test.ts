import { expect, test } from 'vitest'
import { busyWorld, openConsole } from '../../gallery/console/index.ts'
import { exportLedger, type LedgerFormat } from './export-ledger.ts'

function exported(runId: string, format: LedgerFormat, text = '', world = busyWorld()) {
  const recorded = world.runs.get(runId)
  if (recorded === undefined) throw new Error('no such run')
  const { hostId, run } = recorded
  const shares: number[] = []
  const asked = { client: openConsole(world), hostId, run, action: null, text, format }
  return exportLedger({
    ...asked,
    signal: new AbortController().signal,
    onProgress: (share) => shares.push(share),
  }).then((parts) => ({ file: parts.join(''), shares }))
}

test('JSON keeps names exact, and the run they belong to', async () => {
  const { file } = await exported('run-partial', 'json')
  const read: unknown = JSON.parse(file)
  expect(read).toMatchObject({ run: { id: 'run-partial', state: 'partial' } })
  expect(read).toHaveProperty('items.2', {
    outcome: 'failed',
    type: 'file',
    path: '/srv/share/hr/bad\udcffname',
    bytes: 12,
    reason: 'no space left on device',
  })
  expect(file).toContain('bad\\udcffname')
})

test('CSV shows names as the screen does, and quotes what would break a line', async () => {
  const { file } = await exported('run-million', 'csv', '/srv/archive/0007/bad')
  expect(file.split('\r\n')).toEqual([
    'outcome,type,path,bytes,reason',
    'failed,file,/srv/archive/0007/bad\\xffname.tif,12,"What was read back differs from the snapshot. Look for a faulty disk, then retry what failed."',
    '',
  ])
})

test('what a spreadsheet would take for a formula is none', async () => {
  const world = busyWorld()
  const recorded = world.runs.get('run-partial')
  if (recorded === undefined) throw new Error('no such run')
  const item = { path: '/a"b', type: null, action: 'failed', size: null, reason: '=HYPERLINK("x")' } as const
  world.runs.set('run-partial', { ...recorded, ledger: [item] })
  const { file } = await exported('run-partial', 'csv', '', world)
  expect(file).toContain('failed,,"/a""b",,"\'=HYPERLINK(""x"")"\r\n')
})

test('all pages are read, and how far it is is told', async () => {
  const { file, shares } = await exported('run-million', 'csv', '/srv/archive/001')
  expect(file.split('\r\n')).toHaveLength(10_000 + 2)
  expect(shares).toEqual([0.5, 1])
})
