import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { writeOrder } from '../restores/restore-order.ts'
import { startProgram } from '../testing/agent-program.ts'
import { orderOf } from '../testing/order-double.ts'

/** In place of restic: says how far it is until it is ended, and then that it was. */
const RESTIC = `#!/bin/sh
trap 'echo heeded >"$TMPDIR/heeded"; exit 130' TERM
while :; do
  echo '{"message_type":"status","total_files":1,"total_bytes":1,"bytes_restored":7}'
  sleep 0.05
done
`

async function orderIn(directory: string): Promise<Buffer> {
  const restic = join(directory, 'restic')
  writeFileSync(restic, RESTIC, { mode: 0o755 })
  const place = { url: join(directory, 'repository'), cacheDirectory: directory, targetPath: join(directory, 'target') }
  return await buffer(Readable.from(writeOrder(orderOf({ restic, ...place, paths: ['/file'] }))))
}

test.each(['a signal', 'an agent that no longer listens'])(
  '%s ends restic, and then what carries out',
  async (what) => {
    await using directory = temporaryDirectory()
    const child = startProgram(['carry-out'], { TMPDIR: directory.path })
    const ended = once(child, 'exit')
    child.stderr?.resume()
    child.stdin?.end(await orderIn(directory.path))
    let out = ''
    let told = false
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8')
      // Once: a program that is about to exit no longer listens.
      if (told || !out.includes(`"bytesDone":7`)) return
      told = true
      if (what === 'a signal') child.kill('SIGTERM')
      else child.stdout?.destroy()
    })
    expect(await ended).toEqual([0, null])
    expect(readFileSync(join(directory.path, 'heeded'), 'utf8')).toBe('heeded\n')
    if (what === 'a signal') expect(out).toMatch(/"type":"outcome","state":"cancelled"/)
  },
)

test('an order that breaks off is not carried out', async () => {
  await using directory = temporaryDirectory()
  const child = startProgram(['carry-out'], { TMPDIR: directory.path })
  const ended = once(child, 'exit')
  let out = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8')
  })
  child.stderr?.resume()
  child.stdin?.end((await orderIn(directory.path)).subarray(0, -2))
  expect(await ended).toEqual([1, null])
  expect(out).toBe('')
})
