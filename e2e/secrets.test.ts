import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { Secrets } from './secrets.ts'

describe('the search for secrets', () => {
  const secret = 'pä"ss: word/+'

  it.each([
    ['as it stands', secret],
    ['in an address', encodeURIComponent(secret)],
    ['in JSON', JSON.stringify({ secret })],
    ['in a header', Buffer.from(`olivia:${secret}`).toString('base64')],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
  ])('finds one %s', (_how, text) => {
    const secrets = new Secrets()
    secrets.useAs('olivia', secret)
    secrets.lookThrough(`before ${text} after`, 'here')
    expect(secrets.seen).toEqual(['here'])
  })

  it('finds one in a file, whatever the folders are called', async () => {
    await using directory = temporaryDirectory()
    const folder = Buffer.concat([Buffer.from(join(directory.path, 'caf')), Buffer.from([0xe9])])
    mkdirSync(folder)
    writeFileSync(Buffer.concat([folder, Buffer.from('/file')]), Buffer.from(`\0\xff${secret}\0`))
    const secrets = new Secrets()
    secrets.use(secret)
    secrets.lookBelow(directory.path)
    expect(secrets.seen).toHaveLength(1)
  })

  it('finds nothing where there is nothing', () => {
    const secrets = new Secrets()
    secrets.use(secret)
    secrets.lookThrough('pass word', 'here')
    expect(secrets.seen).toEqual([])
  })
})
