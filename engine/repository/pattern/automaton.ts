import { badPattern, type CharacterSet, type Expression } from './expression.ts'

/** A place in the pattern. A character must fit to pass `character`; all others are passed without one. */
type Step =
  | { readonly kind: 'character'; readonly set: CharacterSet; readonly next: number }
  | { readonly kind: 'fork'; next: number; readonly other: number }
  | { readonly kind: 'start' | 'end'; readonly next: number }
  | { readonly kind: 'found' }

/** All places in the pattern at which a text may stand at once. */
interface State {
  readonly steps: readonly number[]
  /** Found already, whatever comes. */
  readonly found: boolean
  readonly foundAtEnd: boolean
  readonly ascii: (State | undefined)[]
  readonly others: Map<number, State>
}

const MOST_STEPS = 2_000
const MOST_STATES = 1_000
const MOST_OTHERS = 256
const ASCII = 128

/**
 * Looks for an expression in texts in time linear in their length: every way to match is followed at once, so nothing is
 * tried twice and no pattern can be made to take exponentially long (Thompson 1968; as RE2 does). States are made when a
 * text first leads to them, and no more than a bounded number is kept.
 */
export class Automaton {
  readonly #steps: Step[] = [{ kind: 'found' }]
  readonly #first: number
  readonly #ignoreCase: boolean
  readonly #states = new Map<string, State>()
  #initial: State

  /** Throws `invalid_input` for an expression of too many steps. */
  constructor(expression: Expression, options: { readonly ignoreCase: boolean }) {
    this.#ignoreCase = options.ignoreCase
    this.#first = this.#compile(expression, 0)
    this.#initial = this.#stateOf(this.#reach([this.#first], 'start'))
  }

  /** Whether it occurs in `text` from one index to another. */
  matches(text: string, from = 0, to = text.length): boolean {
    let state = from === to ? this.#emptyState() : this.#initial
    for (let at = from; at < to && !state.found; at += 1) {
      const unit = text.charCodeAt(at)
      if (unit < ASCII) {
        state = state.ascii[unit] ?? this.#lead(state, unit)
      } else {
        const character = text.codePointAt(at) ?? unit
        if (character > 0xffff) at += 1
        state = state.others.get(character) ?? this.#lead(state, character)
      }
      if (state.steps.length === 0) return state.found
    }
    return state.found || state.foundAtEnd
  }

  /** Where nothing is, its start is its end. */
  #emptyState(): State {
    const found = this.#reach([this.#first], 'both').has(0)
    return { ...this.#initial, found, foundAtEnd: found }
  }

  #compile(expression: Expression, next: number): number {
    switch (expression.kind) {
      case 'character':
        return this.#add({ kind: 'character', set: expression.set, next })
      case 'start':
      case 'end':
        return this.#add({ kind: expression.kind, next })
      case 'sequence':
        return expression.parts.reduceRight((then, part) => this.#compile(part, then), next)
      case 'choice':
        return expression.options
          .map((option) => this.#compile(option, next))
          .reduceRight((other, option) => this.#add({ kind: 'fork', next: option, other }))
      case 'repeat':
        return this.#compileRepeat(expression, next)
    }
  }

  #compileRepeat({ of, least, most }: Expression & { readonly kind: 'repeat' }, next: number): number {
    let then = next
    if (most === null) {
      const fork: Step & { readonly kind: 'fork' } = { kind: 'fork', next: 0, other: next }
      then = this.#add(fork)
      fork.next = this.#compile(of, then)
    } else {
      for (let at = least; at < most; at += 1) {
        then = this.#add({ kind: 'fork', next: this.#compile(of, then), other: next })
      }
    }
    for (let at = 0; at < least; at += 1) then = this.#compile(of, then)
    return then
  }

  #add(step: Step): number {
    if (this.#steps.length >= MOST_STEPS) throw badPattern('pattern_large')
    return this.#steps.push(step) - 1
  }

  /** All steps that are reached without a character, where the text is at its start, its end, both or neither. */
  #reach(from: readonly number[], where: 'start' | 'end' | 'both' | 'neither'): Set<number> {
    const reached = new Set<number>()
    const open = [...from]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (reached.has(at)) continue
      reached.add(at)
      const step = this.#steps[at]
      if (step?.kind === 'fork') open.push(step.other, step.next)
      const holds = step?.kind === where || where === 'both'
      if ((step?.kind === 'start' || step?.kind === 'end') && holds) open.push(step.next)
    }
    return reached
  }

  /** The state after a character. Another way may begin after each, so the first step is always among those open. */
  #lead(state: State, character: number): State {
    const passed = state.steps.flatMap((at) => {
      const step = this.#steps[at]
      return step?.kind === 'character' && this.#fits(step.set, character) ? [step.next] : []
    })
    const next = this.#stateOf(this.#reach([this.#first, ...passed], 'neither'))
    if (character < ASCII) state.ascii[character] = next
    else {
      if (state.others.size >= MOST_OTHERS) state.others.clear()
      state.others.set(character, next)
    }
    return next
  }

  #fits(set: CharacterSet, character: number): boolean {
    if (set(character)) return true
    if (!this.#ignoreCase) return false
    const text = String.fromCodePoint(character)
    return [text.toLowerCase(), text.toUpperCase()].some((other) => {
      const code = other.codePointAt(0) ?? character
      // What becomes several characters, as ß does, has no other case here.
      return other.length === String.fromCodePoint(code).length && set(code)
    })
  }

  #stateOf(reached: ReadonlySet<number>): State {
    const steps = [...reached].filter((at) => this.#leadsOn(at)).toSorted((left, right) => left - right)
    const key = steps.join()
    const known = this.#states.get(key)
    if (known !== undefined) return known
    const state: State = {
      steps,
      found: reached.has(0),
      foundAtEnd: this.#reach(steps, 'end').has(0),
      ascii: [],
      others: new Map(),
    }
    if (this.#states.size >= MOST_STATES) this.#forgetStates()
    this.#states.set(key, state)
    return state
  }

  #forgetStates(): void {
    this.#states.clear()
    // The states in use lead to those forgotten, which would so never go away.
    this.#initial = { ...this.#initial, ascii: [], others: new Map() }
  }

  #leadsOn(at: number): boolean {
    const kind = this.#steps[at]?.kind
    return kind === 'character' || kind === 'end' || kind === 'found'
  }
}
