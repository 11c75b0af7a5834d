import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AuditAnchor, AuditCheck } from '../../contract/shapes/audit-chain.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { systemClock } from '../clock.ts'
import { openJournalToRead } from '../journal/journal-to-read.ts'
import { type Journal, openJournal } from '../journal/open-journal.ts'
import { createLogger } from '../../engine/logging/logger.ts'
import { OPERATOR } from '../testing/runs-world.ts'
import { byHand } from '../testing/tampered-audit.ts'
import { AuditLog } from './audit-log.ts'
import { breathing, proofOf } from './audit-proof.ts'
import { AuditRotation } from './audit-rotation.ts'

const SIZES = { segment: 10, kept: 6 }

interface Kept extends Disposable {
  readonly journal: Journal
  readonly audit: AuditLog
  readonly rotation: AuditRotation
  write(count: number): void
  check(anchor?: AuditAnchor | null): Promise<AuditCheck>
  anchor(): Promise<AuditAnchor>
}

let open: AsyncDisposableStack
let directory: string
let segments: string

beforeEach(() => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  segments = join(directory, 'audit')
})
afterEach(() => open.disposeAsync())

/** An audit of which old rows are moved when the test says so. */
function kept(): Kept {
  const journal = openJournal(join(directory, 'agent.db'))
  const clock = systemClock
  const logger = createLogger({ sink: () => undefined, secrets: () => [], now: () => clock.now() })
  const rotation = new AuditRotation({ journal, clock, logger, sizes: SIZES })
  const audit = new AuditLog({ journal, hostId: 'host-1', clock })
  const proof = proofOf({ journal, agentId: 'host-1', clock })
  const breathe = breathing(new AbortController().signal)
  return {
    journal,
    audit,
    rotation,
    write(count) {
      const before = journal.audit.last()?.sequence ?? 0
      for (let at = 0; at < count; at += 1) {
        audit.refuse(OPERATOR, { action: 'host.restore', summary: `entry ${before / 2 + at + 1}` })
      }
    },
    check: (anchor = null) => proof.verify(anchor, breathe),
    anchor: () => proof.anchor(breathe),
    [Symbol.dispose]: () => journal[Symbol.dispose](),
  }
}

const files = (): string[] => readdirSync(segments).toSorted()
const inDatabase = ({ journal }: Kept): number => journal.audit.page(Number.MIN_SAFE_INTEGER, 10_000).length
const summaries = ({ audit }: Kept, limit: number): string[] => audit.list(limit).entries.map(({ summary }) => summary)

test('old entries are moved into closed segments and the chain goes on over them', async () => {
  using one = kept()
  one.write(20)
  const before = await one.check()
  const newest = summaries(one, 1000)
  one.rotation.rotate()
  expect(files()).toEqual([
    'audit-000000000001-000000000010.jsonl',
    'audit-000000000011-000000000020.jsonl',
    'audit-000000000021-000000000030.jsonl',
  ])
  expect(inDatabase(one)).toBe(10)
  expect(await one.check()).toEqual(before)
  expect(summaries(one, 1000)).toEqual(newest)
  expect(summaries(one, 7)).toEqual(newest.slice(0, 7))
  expect(one.audit.list(3)).toMatchObject({ chainIntact: true })
  for (const name of files()) expect(statSync(join(segments, name)).mode & 0o077).toBe(0)
  one.write(1)
  expect(await one.check()).toMatchObject({ whole: 42, broken: null })
})

test('it is done by itself, soon after there are enough', async () => {
  using one = kept()
  const audit = new AuditLog({ journal: one.journal, hostId: 'host-1', clock: systemClock, rotation: one.rotation })
  for (let at = 0; at < 20; at += 1) audit.refuse(OPERATOR, { action: 'host.restore', summary: `entry ${at}` })
  await expect.poll(() => inDatabase(one)).toBe(10)
  expect(audit.list(5).chainIntact).toBe(true)
  one.rotation[Symbol.dispose]()
})

test('an anchor from before a rotation holds after it, also one of an entry that was moved', async () => {
  using one = kept()
  one.write(3)
  const early = await one.anchor()
  one.write(17)
  const late = await one.anchor()
  one.rotation.rotate()
  expect(await one.check(early)).toMatchObject({ anchorHolds: true, broken: null })
  expect(await one.check(late)).toMatchObject({ anchorHolds: true, broken: null, whole: 40 })
})

test('an entry and its outcome are never parted', async () => {
  using one = kept()
  one.write(2)
  const entry = one.audit.open(OPERATOR, { action: 'host.restore', summary: 'it takes long' })
  one.write(10)
  one.rotation.rotate()
  expect(files()).toEqual(['audit-000000000001-000000000004.jsonl'])
  expect(one.audit.unclosed()).toMatchObject([{ entryId: entry }])
  one.audit.close(entry, { outcome: 'succeeded' })
  one.rotation.rotate()
  expect(files()).toHaveLength(1)
  one.write(10)
  one.rotation.rotate()
  expect(await one.check()).toMatchObject({ broken: null, whole: 46 })
  expect(summaries(one, 1000)).toContain('it takes long')
})

test('when the agent dies between the file and the database, nothing is lost and nothing is there twice', async () => {
  {
    using one = kept()
    one.write(20)
    const died = new Error('killed')
    const half = (): void =>
      one.journal.transaction(() => {
        one.journal.auditSegments.close(one.journal.audit.page(0, 10), new Date())
        throw died
      })
    expect(half).toThrow(died)
  }
  using one = kept()
  expect(files()).toEqual(['audit-000000000001-000000000010.jsonl'])
  expect(await one.check()).toMatchObject({ whole: 40, broken: null })
  one.rotation.rotate()
  expect(await one.check()).toMatchObject({ whole: 40, broken: null })
  expect(summaries(one, 1000)).toHaveLength(20)
})

test('rows are read while they are moved', async () => {
  using one = kept()
  one.write(20)
  const proof = proofOf({ journal: one.journal, agentId: 'host-1', clock: systemClock })
  let turns = 0
  const check = await proof.verify(null, async () => {
    turns += 1
    if (turns === 1) one.rotation.rotate()
  })
  expect(check).toMatchObject({ whole: 40, broken: null })
})

test('a segment that is missing is named, and so is what was changed, taken out or added in one', async () => {
  {
    using one = kept()
    one.write(20)
    one.rotation.rotate()
  }
  const [first = '', second = ''] = files()
  const path = join(segments, second)
  const asWritten = readFileSync(path, 'utf8')
  const lines = asWritten.trimEnd().split('\n')
  const after = async (text: string | null): Promise<AuditCheck> => {
    if (text === null) rmSync(path)
    else writeFileSync(path, text)
    using one = kept()
    try {
      return await one.check()
    } finally {
      writeFileSync(path, asWritten)
    }
  }
  expect(await after(null)).toMatchObject({
    whole: 10,
    broken: { sequence: 11, until: 20, wrong: 'missing', segment: second, follows: { sequence: 10 } },
  })
  expect(await after('')).toMatchObject({ broken: { sequence: 11, until: 20, wrong: 'missing', segment: second } })
  const without = lines.toSpliced(3, 1).join('\n')
  expect(await after(without)).toMatchObject({ broken: { sequence: 14, wrong: 'missing', segment: second } })
  const cut = lines.slice(0, 8).join('\n')
  expect(await after(cut)).toMatchObject({ broken: { sequence: 19, until: 20, wrong: 'missing', segment: second } })
  for (const [field, value] of Object.entries(JSON.parse(lines[4] ?? '') as Record<string, unknown>)) {
    if (field === 'sequence') continue
    const changed = JSON.stringify({ ...JSON.parse(lines[4] ?? ''), [field]: `${String(value)}x` })
    expect(await after(lines.toSpliced(4, 1, changed).join('\n')), field).toMatchObject({
      whole: 14,
      broken: { sequence: 15, wrong: 'changed', segment: second },
    })
  }
  expect(await after(lines.toSpliced(4, 1, 'no JSON').join('\n'))).toMatchObject({
    broken: { sequence: 15, segment: second },
  })
  const swapped = lines.toSpliced(2, 2, lines[3] ?? '', lines[2] ?? '').join('\n')
  expect((await after(swapped)).broken).toMatchObject({ wrong: 'out_of_order', segment: second })
  expect((await after(`${asWritten}${lines[9]}\n`)).broken).toMatchObject({ wrong: 'inserted' })
  expect(await after(readFileSync(join(segments, first), 'utf8'))).toMatchObject({ whole: 10, broken: {} })
  expect((await after(asWritten)).broken).toBeNull()
})

test('rows that somebody has put back, or before the first, do not pass unseen', async () => {
  {
    using one = kept()
    one.write(20)
    one.rotation.rotate()
  }
  byHand(join(directory, 'agent.db'), ({ run }) =>
    run(`INSERT INTO audit SELECT -3, 'forged', step, run_id, body, previous, hash FROM audit LIMIT 1`),
  )
  using one = kept()
  expect((await one.check()).broken).toMatchObject({ sequence: -3, wrong: 'inserted' })
})

test('the database lets nothing be taken out but what stands in a segment', () => {
  using one = kept()
  one.write(5)
  expect(() => one.journal.auditSegments.close(one.journal.audit.page(0, 4), new Date())).not.toThrow()
  const [segment] = one.journal.auditSegments.list()
  expect(segment).toMatchObject({ first: 1, last: 4 })
  expect(one.journal.auditSegments.rows(segment ?? raise())).toHaveLength(4)
  expect(one.journal.audit.page(0, 10).map(({ sequence }) => sequence)).toEqual([5, 6, 7, 8, 9, 10])
})

function raise(): never {
  throw new Error('there is no segment')
}

test('a broken chain is left where it is, to be looked at', async () => {
  {
    using one = kept()
    one.write(20)
  }
  byHand(join(directory, 'agent.db'), ({ run }) => run(`UPDATE audit SET body = '{}' WHERE sequence = 4`))
  using one = kept()
  one.rotation.rotate()
  expect(inDatabase(one)).toBe(40)
  expect((await one.check()).broken).toMatchObject({ sequence: 4, wrong: 'changed', segment: null })
})

test('a journal whose agent does not run is checked through its segments too', async () => {
  {
    using one = kept()
    one.write(20)
    one.rotation.rotate()
  }
  using journal = openJournalToRead(join(directory, 'agent.db'))
  const proof = proofOf({ journal, agentId: 'host-1', clock: systemClock })
  expect(await proof.verify(null, breathing(new AbortController().signal))).toMatchObject({ whole: 40, broken: null })
})
