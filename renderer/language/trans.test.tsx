import { Plural, Trans } from '@lingui/react/macro'
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'

afterEach(cleanup)

test('an element stands in the sentence where it was written', () => {
  const { container } = render(
    <Trans>
      Versions of <b>fstab</b>
    </Trans>,
  )
  expect(container.innerHTML).toBe('Versions of <b>fstab</b>')
})

test.each(['<0/>', '<0>', '</0>', 'a <b>', '{name}', '&lt;'])('the file name %s is shown as it is', (name) => {
  const { container } = render(
    <Trans>
      Restore {name} <b>now</b>
    </Trans>,
  )
  expect(container.textContent).toBe(`Restore ${name} now`)
  expect(container.querySelectorAll('b')).toHaveLength(1)
})

test('a count in a sentence takes its form', () => {
  const show = (count: number): string | null =>
    render(
      <Trans>
        <Plural value={count} one="# version" other="# versions" /> of <b>fstab</b>
      </Trans>,
    ).container.textContent
  expect(show(1)).toBe('1 version of fstab')
  expect(show(1200)).toBe('1,200 versions of fstab')
})
