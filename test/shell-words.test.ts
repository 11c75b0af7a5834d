import { expect, test } from 'vitest'
import { ENGLISH } from '../main/electron/english-words.ts'
import { shellWords } from '../renderer/app/shell-words.ts'

test('the shell says by itself what a window in English has it say', () => {
  expect(shellWords(false)).toEqual(ENGLISH)
})
