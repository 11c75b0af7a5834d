import type { BenchLine } from './measure.ts'
import type { Place } from './places.ts'
import type { BenchRepository } from './repository/bench-repository.ts'

export interface BenchInput {
  readonly made: BenchRepository
  readonly place: Place
  /** Fewer rounds, so that it ends soon. */
  readonly quick: boolean
}

/** Measures us and a real peer in turn. */
export type Bench = (input: BenchInput) => Promise<readonly BenchLine[]>
