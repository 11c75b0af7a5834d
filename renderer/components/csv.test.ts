import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test.each([
  [['a', 1, null], 'a,1,\r\n'],
  [['say "x"', 'a,b', 'two\nlines'], '"say ""x""","a,b","two\nlines"\r\n'],
  [['=1+1', '+1', '-1', '@a', '\tx'], "'=1+1,'+1,'-1,'@a,'\tx\r\n"],
  [['=HYPERLINK("x")', -1, 'a=b'], `"'=HYPERLINK(""x"")",-1,a=b\r\n`],
])('%j', (values, line) => {
  expect(csvLine(values)).toBe(line)
})
