import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { pipePort } from './pipe-port.ts'
import type { Port } from './port.ts'

function pair(limit?: number) {
  const forth = new PassThrough()
  const back = new PassThrough()
  return { left: pipePort(back, forth, limit), right: pipePort(forth, back, limit), forth, back }
}

function framesOf(port: Port): string[] {
  const frames: string[] = []
  port.onFrame((frame) => frames.push(frame))
  return frames
}

test('frames cross in order, also those sent before anyone listened', async () => {
  const { left, right } = pair()
  left.send('{"one":1}')
  left.send('{"two":2}')
  const frames = framesOf(right)
  await expect.poll(() => frames).toEqual(['{"one":1}', '{"two":2}'])
})

test('a frame that arrives a byte at a time is whole, whatever characters it has', async () => {
  const { right, forth } = pair()
  const frames = framesOf(right)
  for (const byte of Buffer.from('"naïve 😀 \\udcff"\n"next"\n')) forth.write(Buffer.of(byte))
  await expect.poll(() => frames).toEqual(['"naïve 😀 \\udcff"', '"next"'])
})

test('a line beyond the limit closes the port before it has ended', async () => {
  const { right, forth } = pair(100)
  const frames = framesOf(right)
  const closed = new Promise<string>((resolve) => right.onClose(resolve))
  forth.write(`${'a'.repeat(100)}\n`)
  forth.write('b'.repeat(60))
  forth.write('c'.repeat(60))
  expect(await closed).toBe('a line is too long')
  forth.write('d\n"after"\n')
  expect(frames).toEqual(['a'.repeat(100)])
})

test('a writer waits while the reader takes nothing, and is let go when the port closes', async () => {
  const { left, right, forth } = pair()
  await left.ready?.()
  left.send('x'.repeat(1 << 20))
  expect(forth.writableNeedDrain).toBe(true)
  let waits = 2
  const wait = async (): Promise<void> => {
    await left.ready?.()
    waits -= 1
  }
  const waiting = [wait(), wait()]
  await Promise.resolve()
  expect(waits).toBe(2)
  framesOf(right)
  await Promise.all(waiting)

  right.close('enough')
  left.send('y'.repeat(1 << 20))
  await left.ready?.()
})

test('the end of either stream closes the port once, and a late listener is told', async () => {
  const { left, right } = pair()
  const reasons: string[] = []
  framesOf(right)
  framesOf(left)
  right.onClose((reason) => reasons.push(reason))
  left.close('done')
  await expect.poll(() => reasons).toEqual(['the other side closed'])
  right.onClose((reason) => reasons.push(`late: ${reason}`))
  expect(reasons[1]).toBe('late: the other side closed')
})

test('a broken stream closes the port with its reason', async () => {
  const { right, forth } = pair()
  framesOf(right)
  const closed = new Promise<string>((resolve) => right.onClose(resolve))
  forth.destroy(new Error('the wire was cut'))
  expect(await closed).toBe('the wire was cut')
})
