import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'

const UNIT = join(import.meta.dirname, '../../resources/agent/restore-agent.service')
/** What docs/agent.md states, of ten. */
const EXPOSURE = 2.4

const missing = !existsSync('/usr/bin/systemd-analyze')
const title = `the unit${missing ? ' (skipped: systemd-analyze not found)' : ''}`

describe.skipIf(missing)(title, () => {
  /** The unit under its own name, with a program that is there. */
  function unitIn(directory: string): string {
    const path = join(directory, 'restore-agent.service')
    writeFileSync(path, readFileSync(UNIT, 'utf8').replace(/^ExecStart=\S+/m, 'ExecStart=/bin/true'))
    return path
  }

  test('is understood by systemd, every word of it', async () => {
    await using directory = temporaryDirectory()
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', unitIn(directory.path)], {
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([0, ''])
  })

  test(`exposes no more than ${EXPOSURE} of 10 by systemd's own measure`, async () => {
    await using directory = temporaryDirectory()
    const args = ['security', '--offline=true', '--no-pager', unitIn(directory.path)]
    const report = execFileSync('systemd-analyze', args, { encoding: 'utf8' })
    const exposure = /exposure level for restore-agent\.service: (\d+\.\d+)/.exec(report)?.[1]
    // Later versions of systemd weigh anew; more than half a point is a change of ours.
    expect(Number(exposure)).toBeLessThan(EXPOSURE + 0.5)
  })
})
