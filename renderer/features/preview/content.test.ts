import { expect, test } from 'vitest'
import { contentOf } from './content.ts'

const WHOLE = { whole: true }
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

test.each([
  ['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0], 'image/png'],
  ['JPEG', [0xff, 0xd8, 0xff, 0xe0, 0], 'image/jpeg'],
  ['GIF', [...latin('GIF89a'), 1, 0], 'image/gif'],
  ['WebP', [...latin('RIFF'), 1, 2, 3, 4, ...latin('WEBPVP8 ')], 'image/webp'],
  ['AVIF', [0, 0, 0, 0x20, ...latin('ftypavif')], 'image/avif'],
  ['BMP', [...latin('BM'), ...Array.from({ length: 12 }, () => 9), 40, 0, 0, 0], 'image/bmp'],
])('%s is told by its first bytes', (_, bytes, mediaType) => {
  expect(contentOf(Uint8Array.from(bytes), WHOLE)).toMatchObject({ kind: 'image', mediaType })
})

test('SVG is text, for it can hold scripts', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  expect(contentOf(utf8(svg), WHOLE)).toEqual({ kind: 'text', text: svg, encoding: 'UTF-8' })
})

test('text that begins like an image is text', () => {
  expect(contentOf(utf8('BMW, Audi, Volkswagen and others'), WHOLE)).toMatchObject({ kind: 'text' })
})

test.each([
  ['UTF-8', utf8('naïve “report” 🦊\n'), 'naïve “report” 🦊\n'],
  ['UTF-8 with byte order mark', utf8('\ufeffname;size\n'), 'name;size\n'],
  ['UTF-16 LE', Uint8Array.of(0xff, 0xfe, 0x68, 0, 0x69, 0), 'hi'],
  ['UTF-16 BE', Uint8Array.of(0xfe, 0xff, 0, 0x68, 0, 0x69), 'hi'],
  ['Latin-1', latin('caf\xe9 \xfcber\n'), 'café über\n'],
])('%s is decoded', (encoding, bytes, text) => {
  expect(contentOf(bytes, WHOLE)).toEqual({ kind: 'text', text, encoding })
})

test('a character that the limit cuts in two is no reason to take the text for another', () => {
  const cut = utf8('über').subarray(0, 1)
  expect(contentOf(cut, { whole: false })).toMatchObject({ encoding: 'UTF-8', text: '' })
  expect(contentOf(cut, WHOLE)).toMatchObject({ encoding: 'Latin-1', text: 'Ã' })
})

test.each([
  ['zeros', new Uint8Array(64), null],
  ['noise without a zero', Uint8Array.from({ length: 64 }, (_, at) => ((at * 151) % 255) + 1), null],
  ['an archive', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0xe4, 0x99), 'zstd archive'],
  ['a medical image', Uint8Array.from([...new Uint8Array(128), ...latin('DICM')]), 'DICOM image'],
])('%s are bytes', (_, bytes, name) => {
  expect(contentOf(bytes, WHOLE)).toEqual({ kind: 'bytes', name })
})

test('nothing is empty', () => {
  expect(contentOf(new Uint8Array(0), WHOLE)).toEqual({ kind: 'empty' })
})
