/** Times are of the wall where the case says nothing else; `%` is of one core; KiB are compressed. */
export type Unit = 'ms' | '%' | 'KiB' | 'MiB' | 'pieces'

/** One line of a bench's answer: what it took us, and the peer in the same run, in `unit`. */
export interface BenchLine {
  readonly bench: string
  readonly case: string
  readonly unit: Unit
  readonly ours: { readonly p50: number; readonly p99: number }
  readonly peer: { readonly name: string; readonly p50: number; readonly p99: number } | null
  /** The peer's median by ours: how many times faster. */
  readonly ratio: number | null
  /** The most that the reading process held, in MiB; null where others ran in it too. */
  readonly rssMiB: number | null
  /** How many times ours was measured. */
  readonly n: number
}

export interface Measured {
  readonly bench: string
  readonly case: string
  /** Milliseconds unless it says something else. */
  readonly unit?: Unit
  readonly ours: readonly number[]
  readonly peer?: { readonly name: string; readonly times: readonly number[] }
  readonly rssMiB?: number
}

export function lineOf({ bench, case: name, unit = 'ms', ours, peer, rssMiB }: Measured): BenchLine {
  const own = quantiles(ours)
  const other = peer === undefined ? null : { name: peer.name, ...quantiles(peer.times) }
  return {
    bench,
    case: name,
    unit,
    ours: own,
    peer: other,
    ratio: other === null ? null : rounded(other.p50 / own.p50),
    rssMiB: rssMiB === undefined ? null : Math.round(rssMiB),
    n: ours.length,
  }
}

/** How long something takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}

export function tableOf(lines: readonly BenchLine[]): string {
  const head = [
    'bench',
    'case',
    'unit',
    'n',
    'ours p50',
    'ours p99',
    'peer',
    'peer p50',
    'peer p99',
    'ratio',
    'RSS MiB',
  ]
  const rows = lines.map(({ bench, case: name, unit, n, ours, peer, ratio, rssMiB }) =>
    [bench, name, unit, n, ours.p50, ours.p99, peer?.name, peer?.p50, peer?.p99, ratio, rssMiB].map(
      (cell) => `${cell ?? ''}`,
    ),
  )
  const rule = head.map((_, at) => (at < 3 || at === 6 ? '---' : '---:'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function quantiles(times: readonly number[]): { p50: number; p99: number } {
  const sorted = times.toSorted((left, right) => left - right)
  const at = (share: number): number => rounded(sorted[Math.ceil(sorted.length * share) - 1] ?? 0)
  return { p50: at(0.5), p99: at(0.99) }
}

/** Three digits that count. */
function rounded(number: number): number {
  return Number(number.toPrecision(3))
}
