import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { idOf, isChangeable, keyConflict } from '../components/key-bindings.ts'
import { KEY_CATALOGUE } from './key-catalogue.ts'

function constantsIn(path: string): Map<string, string> {
  const found = readFileSync(path, 'utf8').matchAll(/const ([A-Z_]*KEYS) = '([^']+)'/g)
  return new Map([...found].map(([, name = '', keys = '']) => [name, keys]))
}

/** Every binding that is written in the sources: keys as text or as a constant of the same file, and what it does. */
function bindingsIn(path: string): { readonly keys: string; readonly does: string }[] {
  const source = readFileSync(path, 'utf8')
  const constants = new Map([...constantsIn('renderer/app/places.ts'), ...constantsIn(path)])
  return [...source.matchAll(/\bkeys: ('[^']+'|[A-Z_]*KEYS),\s*does: '([^']+)'/g)].map(([, keys = '', does = '']) => ({
    keys: keys.startsWith("'") ? keys.slice(1, -1) : (constants.get(keys) ?? ''),
    does,
  }))
}

const bound = globSync('renderer/**/*.{ts,tsx}')
  .filter((path) => !/\.test\.|key-catalogue/.test(path))
  .flatMap(bindingsIn)

test('everything that is bound anywhere can be given other keys, and nothing else is offered', () => {
  const written = [...new Set(bound.filter(isChangeable).map(idOf))].toSorted()
  expect(written.length).toBeGreaterThan(30)
  expect(KEY_CATALOGUE.map(idOf).toSorted()).toEqual(written)
})

test('the usual keys conflict nowhere', () => {
  const conflicts = KEY_CATALOGUE.map((command) => keyConflict(command, command.keys, KEY_CATALOGUE, {}))
  // The tree takes all that is in it with the keys that elsewhere select all text.
  expect(conflicts.filter((conflict) => conflict !== null && !conflict.startsWith('The system'))).toEqual([])
})
