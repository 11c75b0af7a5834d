import { describe, expect, it } from 'vitest'
import { readStoredNodes } from './stored-node.ts'

const id = 'a'.repeat(64)
const read = (nodes: string) => readStoredNodes(id, Buffer.from(`{"nodes":[${nodes}]}`))
const FILE = '"name":"x","type":"file","mtime":"2026-01-01T00:00:00.123456789+02:00"'

describe('all that is kept of a node', () => {
  it('keeps numbers of 64 bits exactly', () => {
    const [node] = read(`{${FILE},"inode":18446744073709551615,"device_id":9007199254740993,"links":2,"uid":0}`)
    expect(node).toMatchObject({ inode: 18446744073709551615n, deviceId: 9007199254740993n, links: 2 })
  })

  it('does not take a name for a number', () => {
    const name = '\\\\\\"inode\\\\\\":18446744073709551615,'
    expect(read(`{"name":"${name}","type":"file","mtime":""}`)[0]?.name).toBe('"inode":18446744073709551615,')
  })

  it('has extended attributes as bytes, and what only Windows knows as it is', () => {
    const [node] = read(
      `{${FILE},"extended_attributes":[{"name":"user.a","value":"AP8="},{"name":"user.b","value":null}],` +
        '"generic_attributes":{"windows.file_attributes":32}}',
    )
    expect(node?.attributes).toEqual([
      { name: 'user.a', value: Buffer.from([0, 255]) },
      { name: 'user.b', value: Buffer.alloc(0) },
    ])
    expect(node?.generic).toEqual({ 'windows.file_attributes': 32 })
  })

  it('is complete where restic left fields out', () => {
    expect(read('{"name":"x","type":"fifo","mtime":""}')[0]).toMatchObject({
      size: 0,
      uid: 0,
      user: '',
      inode: 0,
      accessed: null,
      content: [],
      linkTarget: null,
      error: '',
    })
  })
})
