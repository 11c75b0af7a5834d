import { chmodSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeIdentity } from '../../engine/identity/identity.ts'
import { consume, operate } from '../../test/control-plane.ts'
import { runPlaneCommand, startPlaneProcess } from '../../test/control-plane-process.ts'
import { makeRepository, requireTool } from '../../test/restic.ts'
import { TEMPLATE_PASSWORD } from '../../test/template-copy.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'

requireTool('restic')('restore-control-plane', () => {
  it('serves until it is told to stop, with what is secret for its owner alone', async () => {
    await using directory = temporaryDirectory()
    const data = join(directory.path, 'plane')
    const plane = await startPlaneProcess(data)
    for (const name of ['operator.token', 'operator.url', 'secrets.key', 'identity.pem', 'plane.db']) {
      expect(statSync(join(data, name)).mode & 0o777, name).toBe(0o600)
    }
    expect((await operate(plane, '/api/plane/describe', {})).status).toBe(200)
    expect(await plane.end('SIGTERM')).toBe(0)
    const again = await startPlaneProcess(data)
    expect(again.token).toBe(plane.token)
    expect(again.output()).not.toContain(plane.token)
    expect(await again.end('SIGINT')).toBe(0)
  })

  it('makes a code for a consumer, and connects a repository with what the environment says', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: join(directory.path, 'made') })
    const data = join(directory.path, 'plane')
    await using plane = await startPlaneProcess(data, ['--safety-modes'])
    const which = ['--data-dir', data]
    const code = await runPlaneCommand(['code', 'maria', ...which])
    expect(code).toMatchObject({ code: 0, errors: expect.stringContaining('lets one consumer in') })
    const said = JSON.parse(code.out) as { readonly code: string; readonly url: string; readonly certificate: string }
    expect(said.url).toBe(plane.consumerUrl)
    const enrolled = await consume(plane, await makeIdentity('maria'), '/enrol', { body: { code: said.code } })
    expect(enrolled).toMatchObject({ status: 200, body: { name: 'maria' } })

    const add = [
      'group',
      'add',
      'north',
      '--repository',
      made.repository.access.url,
      '--type-path',
      `${made.source}=notes`,
      ...which,
    ]
    const added = await runPlaneCommand(add, { RESTIC_PASSWORD: TEMPLATE_PASSWORD })
    expect(added).toMatchObject({ code: 0, errors: expect.stringMatching(/north is ready: \S+ \(notes\)/) })
    const listed = await runPlaneCommand(['group', 'list', ...which])
    expect(listed.out).toBe(`${added.out.trim()}\tnorth\tready\t${made.repository.access.url}\n`)
    expect(await runPlaneCommand(add, { RESTIC_PASSWORD: 'wrong' })).toMatchObject({
      code: 1,
      errors: expect.stringContaining('does not open'),
    })
    expect(plane.output()).not.toContain(TEMPLATE_PASSWORD)
  })

  it('prints its API as an OpenAPI document', async () => {
    const { code, out } = await runPlaneCommand(['openapi'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      paths: { '/restore-credentials': {}, '/api/fleet/groups/connect': {}, '/enrol': {} },
    })
  })

  it.each([
    ['no command that there is', ['fly'], 2, 'There is no command fly'],
    ['an address that is none', ['serve', '--listen', 'everywhere'], 2, '--listen takes HOST:PORT'],
    ['an option that is none', ['serve', '--fast'], 2, '--fast'],
    ['no name', ['code'], 2, 'Say what the consumer is called'],
    ['no repository', ['group', 'add', 'north'], 2, 'group add NAME --repository URL'],
    ['no password', ['group', 'add', 'north', '--repository', '/x'], 2, 'RESTIC_PASSWORD'],
    [
      'a rule that is none',
      ['group', 'add', 'n', '--repository', '/x', '--type-tag', 'nightly'],
      2,
      'A rule looks like',
    ],
    ['no plane', ['group', 'list', '--data-dir', '/nonexistent/plane'], 1, 'start it with "serve"'],
  ])('says what is wrong with %s', async (_, args, code, sentence) => {
    const password = args.includes('--type-tag') ? 'x' : ''
    const ended = await runPlaneCommand(args, { RESTIC_PASSWORD: password })
    expect(ended).toMatchObject({ code, errors: expect.stringContaining(sentence) })
  })

  it('does not run twice on the same data, in a folder that others may enter, or with a lost key', async () => {
    await using directory = temporaryDirectory()
    const data = join(directory.path, 'plane')
    const plane = await startPlaneProcess(data)
    const serve = ['serve', '--data-dir', data, '--listen', 'none', '--operator-listen', '127.0.0.1:0']
    expect(await runPlaneCommand(serve)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('Another control plane is using'),
    })
    await plane.end('SIGTERM')
    expect(await runPlaneCommand(['group', 'list', '--data-dir', data])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('Does it run?'),
    })
    chmodSync(data, 0o755)
    expect(await runPlaneCommand(serve)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('open to other users'),
    })
    chmodSync(data, 0o700)
    rmSync(join(data, 'secrets.key'))
    expect(await runPlaneCommand(serve)).toMatchObject({ code: 1, errors: expect.stringContaining('it alone opens') })
  })
})
