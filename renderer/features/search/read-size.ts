const FACTORS: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4, p: 5 }

/**
 * Bytes of a size as people write it; null where nothing was written, undefined where it is no size. `10 MB` counts in
 * thousands; `10 MiB`, `10M` in 1024, as restic has it. A comma is a decimal point too.
 */
export function readSize(text: string): number | null | undefined {
  const written = text.trim()
  if (written === '') return null
  const match = /^(\d+(?:[.,]\d+)?)\s*(?:([kmgtp])(i?b)?|b|bytes?)?$/i.exec(written)
  if (match === null) return undefined
  const [, digits = '', unit = '', rest = ''] = match
  const base = rest.toLowerCase() === 'b' ? 1000 : 1024
  return Math.round(Number(digits.replace(',', '.')) * base ** (FACTORS[unit.toLowerCase()] ?? 0))
}
