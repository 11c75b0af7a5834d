import type { CDPSession } from '@playwright/test'

/** What a page holds after all that nobody uses was collected. */
export interface PageMemory {
  /** MiB of JavaScript's heap. */
  readonly heap: number
  readonly nodes: number
  readonly listeners: number
}

/** Collect what nobody uses, twice, since the first lets go of what the second finds; then count. */
export async function pageMemory(session: CDPSession): Promise<PageMemory> {
  await session.send('Performance.enable')
  for (let at = 0; at < 2; at += 1) await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return { heap: of('JSHeapUsedSize') / 2 ** 20, nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

/** By how much something grows from one measure to the next: the slope of the line that fits best. */
export function growth(measures: readonly number[]): number {
  const middle = (measures.length - 1) / 2
  const mean = measures.reduce((sum, one) => sum + one, 0) / measures.length
  const along = measures.map((one, at) => (at - middle) * (one - mean))
  const across = measures.map((_, at) => (at - middle) ** 2)
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
  return measures.length < 2 ? 0 : sum(along) / sum(across)
}
