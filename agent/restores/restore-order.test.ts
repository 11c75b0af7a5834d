import { setImmediate as breathe } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { orderOf } from '../testing/order-double.ts'
import { type RestoreOrder, readOrder, writeOrder } from './restore-order.ts'

/** Bytes that are no text, line ends of every kind, and the character that restic prints for bytes. */
const ODD = ['/caf\udce9', '/a\nb\r\u2028c', '/\ufffd', '/é\u{1f600}', '/"\\']

function order(paths: readonly string[]): RestoreOrder {
  const { prepared, ...rest } = orderOf({
    restic: '/usr/bin/restic',
    url: 'rest:https://server/',
    cacheDirectory: '/var/cache',
    targetPath: '/srv/é',
    paths,
  })
  const [pass] = prepared.passes
  if (pass === undefined) throw new Error('there is no call')
  const scattered = { ...pass, patterns: { kind: 'include' as const, paths: ODD } }
  return { ...rest, prepared: { ...prepared, passes: [pass, scattered] } }
}

async function written(one: RestoreOrder): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of writeOrder(one)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** As a pipe gives it, in pieces that end anywhere. */
async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

test.each([7, 64, 1_000_000])(
  'an order is read as it was written, whatever names are in it, %s bytes at a time',
  async (size) => {
    const { prepared, ...given } = order([...ODD, '/alike', '/alike'])
    const read = await readOrder(inPieces(await written({ prepared, ...given }), size))
    const { prepared: taken, ...rest } = read
    expect(rest).toEqual(given)
    const plain = ({ items, ...others }: RestoreOrder['prepared']) => ({ ...others, items: [...items.portions(100)] })
    expect(plain(taken)).toEqual(plain(prepared))
  },
)

test('of a large order others have their turn while it is written, and it is whole', async () => {
  const paths = Array.from({ length: 20_001 }, (_, at) => `/folder/${at}`)
  let turns = 0
  let isOver = false
  const others = (async () => {
    while (!isOver) {
      turns += 1
      await breathe()
    }
  })()
  const bytes = await written(order(paths))
  isOver = true
  await others
  expect(turns).toBeGreaterThan(4)
  const { prepared } = await readOrder(inPieces(bytes, 65_536))
  expect(prepared.items.length).toBe(20_001)
  expect(prepared.items.at(20_000)).toMatchObject({ path: '/folder/20000', size: 20_000, modified: 20_000.25 })
})

test('an order that breaks off is refused, wherever it does', async () => {
  const bytes = await written(order(ODD))
  const lineEnds = [...bytes.keys()].filter((at) => bytes[at] === 0x0a)
  for (const end of [0, 10, ...lineEnds, bytes.length - 3]) {
    await expect(readOrder(inPieces(bytes.subarray(0, end), 1000))).rejects.toThrow()
  }
})
