import { execFileSync } from 'node:child_process'
import { chmodSync, lutimesSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConflictMode } from '../../contract/shapes/restore.ts'
import { makeRepository, requireTool, runRestic } from '../../test/restic.ts'
import { backUpPaths, plan, planAndRestore } from '../../test/restore.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'
import type { PlanItem } from './plan-items.ts'

const THEN = 1_600_000_000
const HOUR = 3600
const MODES = ['always', 'if-changed', 'if-newer', 'never'] as const

/** What a host can have in a file's place, by what makes it so. */
const STATES: Readonly<Record<string, (path: string) => void>> = {
  identical: () => undefined,
  missing: (path) => rmSync(path),
  'other content, same size and time': (path) => put(path, 'CONTENT'),
  'other content and newer': (path) => put(path, 'CONTENT', THEN + HOUR),
  'other content and older': (path) => put(path, 'CONTENT', THEN - HOUR),
  'same content and newer': (path) => put(path, 'content', THEN + HOUR),
  'same content and older': (path) => put(path, 'content', THEN - HOUR),
  'longer, same time': (path) => put(path, 'content and more'),
  'shorter and newer': (path) => put(path, 'cont', THEN + HOUR),
  'shorter and older': (path) => put(path, 'cont', THEN - HOUR),
  'empty, same time': (path) => put(path, ''),
  'other mode': (path) => chmodSync(path, 0o600),
  'an empty folder': (path) => {
    rmSync(path)
    mkdirSync(path)
    utimesSync(path, THEN, THEN - HOUR)
  },
  'an older link': (path) => {
    rmSync(path)
    symlinkSync('/nowhere', path)
    lutimesSync(path, THEN, THEN - HOUR)
  },
}

requireTool('restic')('a plan over what is there', () => {
  let directory: TemporaryDirectory
  let wanted: Omit<Parameters<typeof plan>[0], 'targetPath'>
  const host = () => join(directory.path, 'host')
  beforeAll(async () => {
    directory = temporaryDirectory()
    mkdirSync(host())
    const { repository } = await makeRepository({ directory: directory.path })
    for (const name of Object.keys(STATES)) {
      mkdirSync(join(host(), name))
      for (const file of ['file', 'caf\u00e9']) put(join(host(), name, file), 'content')
      symlinkSync('file', join(host(), name, 'link'))
      lutimesSync(join(host(), name, 'link'), THEN, THEN)
      put(join(host(), name, 'none'), '')
    }
    wanted = { repository, ...(await backUpPaths(repository, [host()])), include: [host()] }
    for (const [name, change] of Object.entries(STATES)) change(join(host(), name, 'file'))
    rmSync(join(host(), 'missing/link'))
    symlinkSync('elsewhere', join(host(), 'missing/link'))
    rmSync(join(host(), 'identical/link'))
    writeFileSync(join(host(), 'identical/link'), 'a file where a link was')
  })
  afterAll(() => directory[Symbol.asyncDispose]())

  it.each(MODES)('says of each file what restic would do with --overwrite %s', async (conflicts) => {
    const { items } = await plan({ ...wanted, targetPath: null, manner: { conflicts } })
    const ours: Record<string, string> = {}
    for (let at = 0; at < items.length; at += 1) ours[items.path(at)] = asResticSays(items.at(at), conflicts)
    expect(ours).toEqual(await dryRun(conflicts))
  })

  it('takes no lock and writes nothing while it looks', async () => {
    const before = Date.now()
    await plan({ ...wanted, targetPath: null })
    const since = new Date(before - 1).toISOString()
    const places = [host(), join(directory.path, 'repository')]
    const changed = execFileSync('find', [...places, '-newerct', since, '-print'], { encoding: 'utf8' })
    expect(changed).toBe('')
  })

  it('comes out as planned', async () => {
    const { outcome, prepared, ledger } = await planAndRestore({ ...wanted, targetPath: null })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [], others: [] })
    expect(prepared.totals.update.items).toBeGreaterThan(10)
    expect(ledger.get(join(host(), 'missing/file'))?.action).toBe('restored')
    const again = await plan({ ...wanted, targetPath: null })
    expect(again.totals).toMatchObject({ create: { items: 0 }, update: { items: 0 }, skip: { items: 0 } })
    expect(again.totals.unchanged.items).toBe(prepared.items.length)
  })

  async function dryRun(conflicts: ConflictMode): Promise<Record<string, string>> {
    const base = directory.path
    const args = ['restore', `${wanted.snapshotId}:${base}`, '--target', base, '--include', '/host', '--dry-run', '-vv']
    const output = await runRestic(wanted.repository, [...args, '--json', '--no-lock', '--overwrite', conflicts])
    const said: Record<string, string> = {}
    for (const line of output.split('\n')) {
      const { message_type: type, action, item } = JSON.parse(line || '{}') as Record<string, string>
      if (type === 'verbose_status') said[`${base}${item}`] = action ?? ''
    }
    return said
  }
})

/** restic's dry run does not speak of metadata, and says "restored" of every folder and link that it does not pass over. */
function asResticSays({ type, action, differs }: PlanItem, conflicts: ConflictMode): string {
  if (type === 'dir') return 'restored'
  if (type === 'symlink') {
    const passesOver = conflicts === 'never' || conflicts === 'if-newer'
    return passesOver && (action === 'skip' || action === 'unchanged') ? 'unchanged' : 'restored'
  }
  if (action === 'create' || (action === 'update' && differs.includes('type'))) return 'restored'
  return action === 'update' && (differs.includes('size') || differs.includes('content')) ? 'updated' : 'unchanged'
}

function put(path: string, content: string, time = THEN): void {
  writeFileSync(path, content)
  utimesSync(path, time, time)
}
