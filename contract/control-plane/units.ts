/** Seconds of each unit of a duration, from the largest that is shown. */
const UNITS = [
  { letter: 'w', seconds: 604_800, names: ['w', 'week', 'weeks'] },
  { letter: 'd', seconds: 86_400, names: ['d', 'day', 'days'] },
  { letter: 'h', seconds: 3600, names: ['h', 'hr', 'hrs', 'hour', 'hours'] },
  { letter: 'm', seconds: 60, names: ['m', 'min', 'mins', 'minute', 'minutes'] },
  { letter: 's', seconds: 1, names: ['s', 'sec', 'secs', 'second', 'seconds'] },
] as const

const secondsByName = new Map<string, number>(
  UNITS.flatMap(({ names, seconds }) => names.map((name): [string, number] => [name, seconds])),
)

const ISO = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i
const PARTS = /^(?:\d+\s*[a-z]+[\s,]*)+$/i

/**
 * Seconds of `2h 30m`, `1d 12h`, `2 hours 30 minutes`, `PT2H30M`, `0s`. Undefined for what is no duration: bare numbers,
 * negatives, fractions, months and years, and what no number holds exactly.
 */
export function readDuration(text: string): number | undefined {
  const trimmed = text.trim()
  const iso = ISO.exec(trimmed)
  const seconds = iso === null ? readParts(trimmed) : readIso(iso)
  return seconds !== undefined && Number.isSafeInteger(seconds) ? seconds : undefined
}

function readIso(match: RegExpExecArray): number | undefined {
  const parts = match.slice(1)
  if (parts.every((part) => part === undefined)) return undefined
  return parts.reduce((sum, part, at) => sum + Number(part ?? 0) * (UNITS[at]?.seconds ?? 0), 0)
}

function readParts(text: string): number | undefined {
  if (!PARTS.test(text)) return undefined
  let sum = 0
  for (const [, count = '', name = ''] of text.matchAll(/(\d+)\s*([a-z]+)/gi)) {
    const seconds = secondsByName.get(name.toLowerCase())
    if (seconds === undefined) return undefined
    sum += Number(count) * seconds
  }
  return sum
}

/** In units up to days: `7d`, `1d 12h`, `1m 30s`, `0s`. */
export function writeDuration(seconds: number): string {
  let rest = seconds
  const parts: string[] = []
  for (const { letter, seconds: unit } of UNITS.slice(1)) {
    const count = Math.floor(rest / unit)
    if (count > 0) parts.push(`${count}${letter}`)
    rest -= count * unit
  }
  return parts.length === 0 ? '0s' : parts.join(' ')
}

const SIZES = ['', 'K', 'M', 'G'] as const
const SIZE = /^(\d+)\s*(?:([kmg])(?:i?b?)?|b)?$/i

/** Bytes of `20Gi`, `20G` (the same: all are powers of 1024), `512 MiB`, `1536`. Undefined for `20T`, fractions and the like. */
export function readSize(text: string): number | undefined {
  const [whole, count, letter = ''] = SIZE.exec(text.trim()) ?? []
  if (whole === undefined) return undefined
  const power = SIZES.indexOf(letter.toUpperCase() as (typeof SIZES)[number])
  const bytes = Number(count) * 1024 ** power
  return Number.isSafeInteger(bytes) ? bytes : undefined
}

/** In the largest unit that says it exactly: `20Gi`, else digits: `1536`. */
export function writeSize(bytes: number): string {
  for (let power = SIZES.length - 1; power > 0; power -= 1) {
    const unit = 1024 ** power
    if (bytes >= unit && bytes % unit === 0) return `${bytes / unit}${SIZES[power]}i`
  }
  return String(bytes)
}
