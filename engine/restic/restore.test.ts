import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type RestoreCall, restore } from './restore.ts'

const SNAPSHOT = 'a'.repeat(64)
const PRIVILEGED = ['--exclude-xattr', 'trusted.*', '--exclude-xattr', 'security.*']

it('asks for a dry run without a lock to preview, and for verification to write', async () => {
  const common = ['restore', SNAPSHOT, '--json', '--target', '/target']
  const preview = [...common, '--no-lock', '--no-cache', '--verbose=2', '--dry-run']
  expect((await argumentsOf({ mode: 'preview' })).args).toEqual(preview)
  expect((await argumentsOf({})).args).toEqual([...common, '--verify', '--sparse', ...PRIVILEGED])
  expect((await argumentsOf({ verify: false, privileged: true })).args).toEqual([...common, '--sparse'])
})

it('says from which folder, and what becomes of what is there already', async () => {
  const { args } = await argumentsOf({ base: '/srv/a:b', overwrite: 'if-newer', privileged: true })
  expect(args.slice(1)).toEqual([
    `${SNAPSHOT}:/srv/a:b`,
    '--json',
    '--target',
    '/target',
    '--overwrite',
    'if-newer',
    '--verify',
    '--sparse',
  ])
})

it('asks a restic before 0.18 for nothing that it does not know', async () => {
  const { args } = await argumentsOf({}, '0.17.3')
  expect(args.slice(-2)).toEqual(['--verify', '--sparse'])
})

it.each(['include', 'exclude'] as const)(
  'hands paths to %s over in a file that is ours alone and goes away',
  async (kind) => {
    const { args, patterns, mode } = await argumentsOf({ patterns: { kind, paths: ['/a b ', '/[c]'] } })
    const at = args.indexOf(`--${kind}-file`)
    expect(at).toBeGreaterThan(0)
    expect(patterns).toBe('/a b ${RESTORE_END}\n/[[]c]${RESTORE_END}\n')
    expect(mode).toBe('600')
    expect(() => readFileSync(args[at + 1] ?? '')).toThrow('ENOENT')
  },
)

// @security Secrets: No password gets out with what restic says of a failed restore.
it('lets no password out with what restic says', async () => {
  await using directory = temporaryDirectory()
  const said: unknown[] = []
  const script = `echo '{"message_type":"error","error":{"message":"bad correct horse"},"item":"/a"}' >&2; echo correct horse`
  await restore(fakeRepository(directory.path, script), { ...CALL, onLine: (line) => said.push(line) })
  expect(said).toHaveLength(2)
  expect(JSON.stringify(said)).not.toContain('horse')
})

const CALL: RestoreCall = {
  snapshotId: SNAPSHOT,
  base: '/',
  targetPath: '/target',
  patterns: { kind: 'everything' },
  overwrite: 'always',
  mode: 'write',
  privileged: false,
  verify: true,
  onLine: () => undefined,
}

/** What a restic is called with, by a script in its place. */
async function argumentsOf(call: Partial<RestoreCall>, version = '0.18.0') {
  await using directory = temporaryDirectory()
  const noted = (name: string) => join(directory.path, name)
  const script = [
    `printf '%s\\n' "$@" > '${noted('args')}'`,
    `for last; do case "$last" in */patterns) cat "$last" > '${noted('patterns')}'; stat -c %a "$last" > '${noted('mode')}';; esac; done`,
  ].join('\n')
  await restore(fakeRepository(directory.path, script, version), { ...CALL, ...call })
  const read = (name: string) =>
    (call.patterns ?? CALL.patterns).kind === 'everything' ? '' : readFileSync(noted(name), 'utf8')
  const args = readFileSync(noted('args'), 'utf8').trimEnd().split('\n')
  return { args, patterns: read('patterns'), mode: read('mode').trim() }
}

function fakeRepository(directory: string, script: string, version = '0.18.0') {
  const path = join(directory, 'restic')
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const access = { url: '/repository', username: '', serverPassword: '', password: 'correct horse' }
  return { restic: { path, version }, access, cacheDirectory: directory, mark: {} }
}
