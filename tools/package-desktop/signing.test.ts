import { expect, test } from 'vitest'
import { signingStatements } from './signing.mjs'

const doneOf = (platform: NodeJS.Platform, variables: Readonly<Record<string, string>>) =>
  signingStatements(platform, variables).map(({ done }) => done)

test('what is not signed or notarised is said, with what is to be set', () => {
  const [signing, notarising] = signingStatements('darwin', {})
  expect(signing?.sentence).toMatch(/^NOT SIGNED: CSC_LINK is not set/)
  expect(notarising?.sentence).toMatch(/^NOT NOTARISED/)
  expect(doneOf('win32', {})).toEqual([false])
  expect(doneOf('win32', { CSC_LINK: '' })).toEqual([false])
})

test('what the environment has is used', () => {
  const apple = { APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'b', APPLE_TEAM_ID: 'c' }
  expect(doneOf('darwin', { CSC_LINK: 'x' })).toEqual([true, false])
  expect(doneOf('darwin', { CSC_LINK: 'x', ...apple })).toEqual([true, true])
  expect(doneOf('darwin', { CSC_LINK: 'x', APPLE_ID: 'a' })).toEqual([true, false])
  expect(doneOf('darwin', apple)).toEqual([false, false])
  expect(doneOf('win32', { WIN_CSC_LINK: 'x' })).toEqual([true])
  expect(doneOf('linux', {})).toEqual([true])
})

// @security Packages and updates: What is said of signing names what is to be set, and never what it is set to.
test('no value of the environment is said', () => {
  const variables = { CSC_LINK: 'base64-of-a-key', CSC_KEY_PASSWORD: 'hunter22', APPLE_ID: 'me@example' }
  for (const platform of ['darwin', 'win32', 'linux'] as const) {
    const said = signingStatements(platform, variables)
      .map(({ sentence }) => sentence)
      .join('\n')
    for (const value of Object.values(variables)) expect(said).not.toContain(value)
  }
})
