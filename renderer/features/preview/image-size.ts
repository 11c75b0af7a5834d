export interface ImageSize {
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** More pixels than that take gigabytes once they are drawn, however few bytes the file has. */
export const DRAWABLE_PIXELS = 100_000_000

/** How large an image is, as its header says; null where that is not found. */
export function imageSize(bytes: Uint8Array, mediaType: string): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return READERS[mediaType]?.(view) ?? null
  } catch (error) {
    // The header ends before it says.
    if (error instanceof RangeError) return null
    throw error
  }
}

const READERS: Readonly<Record<string, (view: DataView) => ImageSize | null>> = {
  'image/png': (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  'image/gif': (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  'image/jpeg': sizeOfJpeg,
  'image/webp': sizeOfWebp,
  'image/avif': sizeOfAvif,
  'image/bmp': (view) =>
    view.getUint32(14, true) === 12
      ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
      : // Upside down where it is negative.
        { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) },
}

/** The first frame header (SOF0 to SOF15) among the segments; ITU T.81, B.2. */
function sizeOfJpeg(view: DataView): ImageSize | null {
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    // A filling byte, or a segment with its length.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
}

/** The canvas of the extended form, else the frame's own size; RFC 9649. */
function sizeOfWebp(view: DataView): ImageSize | null {
  switch (textAt(view, 12)) {
    case 'VP8X':
      return { width: 1 + number24(view, 24), height: 1 + number24(view, 27) }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
    }
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    default:
      return null
  }
}

/** The boxes that describe an image stand at its beginning, and are short. */
const AVIF_DESCRIPTION_BYTES = 4096

/** The largest of the sizes that the boxes at the beginning name (`ispe`); ISO/IEC 23008-12. */
function sizeOfAvif(view: DataView): ImageSize | null {
  let largest: ImageSize | null = null
  for (let at = 0; at + 16 <= Math.min(view.byteLength, AVIF_DESCRIPTION_BYTES); at += 1) {
    if (textAt(view, at) !== 'ispe') continue
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (largest === null || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(...Array.from({ length: 4 }, (_, offset) => view.getUint8(at + offset)))
}

function number24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}
