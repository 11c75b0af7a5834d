// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { refuseMarkup } from './trusted-types.ts'

// @security The window: The page refuses to turn any text into markup, in browsers that know trusted types.
test('style text may be written, markup may not', () => {
  const rules: { createHTML(text: string): string }[] = []
  const trustedTypes = { createPolicy: (_: string, rule: { createHTML(text: string): string }) => rules.push(rule) }
  refuseMarkup(Object.assign(Object.create(window) as Window, { trustedTypes }))
  expect(rules[0]?.createHTML(':root{--a:1px}')).toBe(':root{--a:1px}')
  expect(() => rules[0]?.createHTML('<img onerror=alert(1)>')).toThrow(TypeError)
})

test('a browser without trusted types is left as it is', () => {
  expect(() => refuseMarkup(window)).not.toThrow()
})
