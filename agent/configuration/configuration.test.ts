import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type Configuration, ConfigurationError, readConfiguration } from './configuration.ts'

function read(settings: Record<string, unknown>, config?: string, workingDirectory = '/'): Configuration {
  return readConfiguration({ config, workingDirectory, settings })
}

test('without a file and without flags it listens on every address, and looks for restic on the PATH', () => {
  const { listen, advertise, stagingRoot, resticCandidates } = read({})
  expect({ listen, advertise, stagingRoot }).toEqual({
    listen: { host: '0.0.0.0', port: 7420 },
    advertise: null,
    stagingRoot: null,
  })
  expect(resticCandidates[0]).toBe('restic')
})

test('flags go before the file, the file before the defaults', async () => {
  await using directory = temporaryDirectory()
  const file = { listen: '[::1]:7421', dataDirectory: '/srv/agent', resticCandidates: ['/opt/restic'] }
  writeFileSync(join(directory.path, 'agent.json'), JSON.stringify(file))
  expect(read({ dataDirectory: '/other', stagingRoot: undefined }, 'agent.json', directory.path)).toEqual({
    listen: { host: '::1', port: 7421 },
    advertise: null,
    dataDirectory: '/other',
    stagingRoot: null,
    resticCandidates: ['/opt/restic'],
  })
})

test('it can be told to listen nowhere', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'agent.json')
  writeFileSync(path, '{"listen": null}')
  expect(read({}, path).listen).toBeNull()
})

test.each([
  ['{"lisen": "0.0.0.0:1"}', '"lisen" is not known (known are listen, advertise, dataDirectory'],
  ['{"listen": "0.0.0.0"}', 'listen: an address to listen on looks like 0.0.0.0:7420'],
  ['{"listen": "0.0.0.0:99999"}', 'listen: an address to listen on'],
  ['{"advertise": "db 01:7420"}', 'advertise: An address looks like'],
  ['{"dataDirectory": "var/lib"}', 'dataDirectory: a full path is needed'],
  ['{"resticCandidates": []}', 'resticCandidates: name at least one place'],
  ['[]', 'it: Invalid input'],
  ['{', 'cannot be read: it is no JSON'],
])('a file that says %s is refused in one sentence that names it', async (text, complaint) => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'agent.json')
  writeFileSync(path, text)
  expect(() => read({}, path)).toThrow(ConfigurationError)
  expect(() => read({}, path)).toThrow(expect.objectContaining({ message: expect.stringContaining(complaint) }))
  expect(() => read({}, path)).toThrow(expect.objectContaining({ message: expect.stringContaining(path) }))
})

test('a file that was named has to be there', () => {
  expect(() => read({}, '/nowhere/agent.json')).toThrow('The configuration /nowhere/agent.json cannot be read: ENOENT.')
})

test('a flag that cannot be is refused as one of the command line', () => {
  expect(() => read({ listen: 'everywhere' })).toThrow('In the command line: listen: an address')
})
