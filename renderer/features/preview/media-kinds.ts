import { t } from '@lingui/core/macro'

/** What a file's first bytes say that it is. */
interface Magic {
  /** Where in the file. */
  readonly at: number
  /** Bytes, or text of one byte for each character. */
  readonly bytes: readonly number[] | string
}

interface Kind {
  readonly name: string
  readonly magic: readonly Magic[]
}

/** Images that are drawn. SVG is not among them: it is text that can hold scripts, and is shown as text. */
const IMAGES: readonly (Kind & { readonly mediaType: string })[] = [
  { name: t`PNG image`, mediaType: 'image/png', magic: [{ at: 0, bytes: '\x89PNG\r\n\x1a\n' }] },
  { name: t`JPEG image`, mediaType: 'image/jpeg', magic: [{ at: 0, bytes: [0xff, 0xd8, 0xff] }] },
  { name: t`GIF image`, mediaType: 'image/gif', magic: [{ at: 0, bytes: 'GIF8' }] },
  {
    name: t`WebP image`,
    mediaType: 'image/webp',
    magic: [
      { at: 0, bytes: 'RIFF' },
      { at: 8, bytes: 'WEBP' },
    ],
  },
  { name: t`AVIF image`, mediaType: 'image/avif', magic: [{ at: 4, bytes: 'ftypavif' }] },
  // Two letters are too little to go by: the width of the header that follows is always the same few.
  ...[12, 40, 108, 124].map((header) => ({
    name: t`BMP image`,
    mediaType: 'image/bmp',
    magic: [
      { at: 0, bytes: 'BM' },
      { at: 14, bytes: [header, 0, 0, 0] },
    ],
  })),
]

/** What is not drawn but can be named. */
const OTHERS: readonly Kind[] = [
  { name: t`PDF document`, magic: [{ at: 0, bytes: '%PDF-' }] },
  { name: t`gzip archive`, magic: [{ at: 0, bytes: [0x1f, 0x8b] }] },
  { name: t`zstd archive`, magic: [{ at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd] }] },
  { name: t`xz archive`, magic: [{ at: 0, bytes: '\xfd7zXZ\0' }] },
  { name: t`bzip2 archive`, magic: [{ at: 0, bytes: 'BZh' }] },
  { name: t`7-Zip archive`, magic: [{ at: 0, bytes: '7z\xbc\xaf\x27\x1c' }] },
  { name: t`zip archive, or a document made of one`, magic: [{ at: 0, bytes: 'PK\x03\x04' }] },
  { name: t`tar archive`, magic: [{ at: 257, bytes: 'ustar' }] },
  { name: t`program (ELF)`, magic: [{ at: 0, bytes: '\x7fELF' }] },
  { name: t`program (Windows)`, magic: [{ at: 0, bytes: 'MZ' }] },
  { name: t`SQLite database`, magic: [{ at: 0, bytes: 'SQLite format 3\0' }] },
  { name: t`PostgreSQL dump`, magic: [{ at: 0, bytes: 'PGDMP' }] },
  { name: t`DICOM image`, magic: [{ at: 128, bytes: 'DICM' }] },
]

/** The image that a file's first bytes begin; undefined when they begin none that is drawn. */
export function imageKind(bytes: Uint8Array): { readonly name: string; readonly mediaType: string } | undefined {
  return IMAGES.find(({ magic }) => fits(bytes, magic))
}

/** What a file is called by its first bytes; null when they say nothing. */
export function nameOfKind(bytes: Uint8Array): string | null {
  return OTHERS.find(({ magic }) => fits(bytes, magic))?.name ?? null
}

function fits(bytes: Uint8Array, magic: readonly Magic[]): boolean {
  return magic.every(({ at, bytes: wanted }) => {
    const codes = typeof wanted === 'string' ? [...wanted].map((character) => character.charCodeAt(0)) : wanted
    return codes.every((code, offset) => bytes[at + offset] === code)
  })
}
