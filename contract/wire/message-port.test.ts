import { once } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { messagePort } from './message-port.ts'

function pair() {
  const { port1, port2 } = new MessageChannel()
  return { left: messagePort(port1), right: messagePort(port2), port1, port2 }
}

test('frames cross in order, also those sent before anyone listened', async () => {
  const { left, right } = pair()
  left.send('one')
  left.send('two')
  const got: string[] = []
  right.onFrame((frame) => got.push(frame))
  await expect.poll(() => got).toEqual(['one', 'two'])
  left.close('done')
})

test('the other side is told once of the end, and a late listener too', async () => {
  const { left, right } = pair()
  const reasons: string[] = []
  right.onFrame(() => undefined)
  right.onClose((reason) => reasons.push(reason))
  left.close('done')
  await expect.poll(() => reasons).toHaveLength(1)
  right.onClose((reason) => reasons.push(`late: ${reason}`))
  expect(reasons[1]).toBe(`late: ${reasons[0]}`)
  left.send('after the end is dropped')
})

test('a port whose process is gone closes', async () => {
  const { right, port1 } = pair()
  right.onFrame(() => undefined)
  const closed = new Promise<string>((resolve) => right.onClose(resolve))
  port1.close()
  await once(port1, 'close')
  expect(await closed).toContain('gone')
})
