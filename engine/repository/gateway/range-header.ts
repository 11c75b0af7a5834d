/** Bytes of a file, the last one with them; to the end where `to` is not said. */
export interface ByteRange {
  readonly from: number
  readonly to: number | undefined
}

const RANGE = /^bytes=(\d{1,15})-(\d{1,15})?$/

/** The only form of the header that restic sends; undefined for none and for any other, which mean the whole file. */
export function readRangeHeader(header: string | undefined): ByteRange | undefined {
  const [, from, to] = RANGE.exec(header ?? '') ?? []
  if (from === undefined) return undefined
  const range = { from: Number(from), to: to === undefined ? undefined : Number(to) }
  return range.to !== undefined && range.to < range.from ? undefined : range
}
