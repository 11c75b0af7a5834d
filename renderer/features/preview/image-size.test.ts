import { expect, test } from 'vitest'
import { pictureBytes } from '../../gallery/console/picture.ts'
import { imageSize } from './image-size.ts'

const latin = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))
const little = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, at) => (value >>> (8 * at)) & 255)
const big = (value: number, bytes: number): number[] => little(value, bytes).reverse()
const zeros = (length: number): number[] => Array.from({ length }, () => 0)

const segment = (marker: number, body: readonly number[]): number[] => [
  0xff,
  marker,
  ...big(body.length + 2, 2),
  ...body,
]
const JPEG = [
  0xff,
  0xd8,
  ...segment(0xe0, zeros(4)),
  // A filling byte.
  0xff,
  ...segment(0xdb, zeros(1)),
  ...segment(0xc2, [8, ...big(480, 2), ...big(640, 2), 3]),
]
const extent = (width: number, height: number): number[] => [
  ...latin('ispe'),
  ...zeros(4),
  ...big(width, 4),
  ...big(height, 4),
]
const AVIF = [...zeros(4), ...latin('ftypavif'), ...zeros(8), ...extent(64, 48), ...extent(640, 480)]
const riff = [...latin('RIFF'), ...zeros(4), ...latin('WEBP')]

test.each([
  ['image/png', [...pictureBytes(640, 480)]],
  ['image/gif', [...latin('GIF89a'), ...little(640, 2), ...little(480, 2)]],
  ['image/jpeg', JPEG],
  ['image/webp', [...riff, ...latin('VP8X'), ...zeros(8), ...little(639, 3), ...little(479, 3), 0]],
  ['image/webp', [...riff, ...latin('VP8L'), ...zeros(4), 0x2f, ...little(639 | (479 << 14), 4)]],
  ['image/webp', [...riff, ...latin('VP8 '), ...zeros(10), ...little(640, 2), ...little(480, 2)]],
  ['image/avif', AVIF],
  ['image/bmp', [...latin('BM'), ...zeros(12), ...little(40, 4), ...little(640, 4), ...little(-480, 4)]],
  ['image/bmp', [...latin('BM'), ...zeros(12), ...little(12, 4), ...little(640, 2), ...little(480, 2)]],
])('the size of %s is in its header', (mediaType, bytes) => {
  expect(imageSize(Uint8Array.from(bytes), mediaType)).toEqual({ width: 640, height: 480 })
})

test.each(['image/png', 'image/gif', 'image/jpeg', 'image/webp', 'image/bmp', 'image/avif'])(
  'a %s that ends within its header has none',
  (mediaType) => {
    expect(imageSize(Uint8Array.of(0xff, 0xd8, 0xff), mediaType)).toBeNull()
  },
)
