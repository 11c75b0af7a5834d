import { expect, test } from 'vitest'
import { splitName } from './FileName.tsx'

test('an ordinary name is one part', () => {
  expect(splitName('naïve “report” (final).odt')).toEqual([
    { text: 'naïve “report” (final).odt', escape: false, at: 0 },
  ])
})

test('bytes that are no text and control characters stand apart as escapes', () => {
  expect(splitName('bad\udcff\nname')).toEqual([
    { text: 'bad', escape: false, at: 0 },
    { text: '\\xff\\n', escape: true, at: 3 },
    { text: 'name', escape: false, at: 5 },
  ])
})

test('spaces at the ends can be seen, those within are left alone', () => {
  expect(splitName(' a b ').map((part) => part.text)).toEqual(['␣', 'a b', '␣'])
  expect(splitName('  ').map((part) => part.text)).toEqual(['␣␣'])
})
