import { t } from '@lingui/core/macro'

/** What can be opened or done from the palette. */
export interface Entry {
  /** Names it for good: `host:db-01`. */
  readonly key: string
  readonly group: Group
  readonly label: string
  /** Stands dimmed beside it. */
  readonly detail: string
  /** What else it is found by, in lower case. */
  readonly text: string
  /** What the filter words `state:` and `label:` look in, in lower case. */
  readonly states?: readonly string[]
  readonly labels?: readonly string[]
  /** The keys that do the same. */
  readonly keys?: string
  run(): void
}

/** In the order in which they stand where nothing fits better than the other. */
export const GROUPS = [
  'Recent',
  'On this page',
  'Hosts',
  'Snapshots',
  'Repositories',
  'Runs',
  'Replicas',
  'Consumers',
  'Pages',
  'Settings',
  'Search',
] as const
export type Group = (typeof GROUPS)[number]

export const GROUP_WORDS: Readonly<Record<Group, string>> = {
  Recent: t`Recent`,
  'On this page': t`On this page`,
  Hosts: t`Hosts`,
  Snapshots: t`Snapshots`,
  Repositories: t`Repositories`,
  Runs: t`Runs`,
  Replicas: t`Replicas`,
  Consumers: t`Consumers`,
  Pages: t`Pages`,
  Settings: t`Settings`,
  Search: t`Search`,
}

export interface RankedGroup {
  readonly group: Group
  readonly entries: readonly Entry[]
  /** How many more fit than are shown. */
  readonly more: number
}

export interface RankOptions {
  /** Keys of what was opened, the last first: decides between what fits as well. */
  readonly opened: readonly string[]
  /** How many are shown of each group. */
  readonly most: number
}

const natural = new Intl.Collator(undefined, { numeric: true })

/**
 * What fits every word, the best first: a label that is the word, then one that begins with it, a word in it that does,
 * one that contains it, what else is known of it, and letters of it in order. What was opened before comes first among
 * equals, then what has the shorter and the earlier name. A group stands where its best entry does.
 */
export function rank(entries: readonly Entry[], words: readonly string[], options: RankOptions): RankedGroup[] {
  const age = new Map(options.opened.map((key, at) => [key, at]))
  const fitting = entries.flatMap((entry) => {
    const score = scoreOf(entry, words)
    return score === null ? [] : [{ entry, score, age: age.get(entry.key) ?? Number.POSITIVE_INFINITY }]
  })
  fitting.sort(
    (a, b) =>
      b.score - a.score ||
      compareNumbers(a.age, b.age) ||
      GROUPS.indexOf(a.entry.group) - GROUPS.indexOf(b.entry.group) ||
      (words.length === 0 ? 0 : a.entry.label.length - b.entry.label.length) ||
      (words.length === 0 ? 0 : natural.compare(a.entry.label, b.entry.label)),
  )
  const groups = Map.groupBy(
    fitting.map(({ entry }) => entry),
    ({ group }) => group,
  )
  return [...groups].map(([group, all]) => ({
    group,
    entries: all.slice(0, options.most),
    more: Math.max(0, all.length - options.most),
  }))
}

/** How well it fits all words; null where one does not fit. */
export function scoreOf(entry: Entry, words: readonly string[]): number | null {
  const label = entry.label.toLowerCase()
  let sum = 0
  for (const word of words) {
    const score = scoreOfWord(entry, label, word)
    if (score === 0) return null
    sum += score
  }
  // Several words that all stand in the label in this order are its name.
  return words.length > 1 && label.startsWith(words.join(' ')) ? sum + 50 : sum
}

function scoreOfWord({ text, states, labels }: Entry, label: string, word: string): number {
  if (word.startsWith('state:')) return states?.some((state) => state.startsWith(word.slice(6))) === true ? 50 : 0
  if (word.startsWith('label:')) return labels?.some((one) => one.startsWith(word.slice(6))) === true ? 50 : 0
  if (label === word) return 100
  if (label.startsWith(word)) return 80
  const at = label.indexOf(word)
  if (at >= 0) return isWordBegin(label, at) || hasWordBegin(label, word) ? 60 : 40
  if (text.includes(word)) return 20
  return word.length >= 3 && isInOrder(label, word) ? 5 : 0
}

function hasWordBegin(label: string, word: string): boolean {
  for (let at = label.indexOf(word); at >= 0; at = label.indexOf(word, at + 1)) if (isWordBegin(label, at)) return true
  return false
}

function isWordBegin(label: string, at: number): boolean {
  return at === 0 || /[^\p{L}\p{N}]/u.test(label[at - 1] ?? '')
}

/** The letters of the word stand in the label in this order, the first at the begin of a word: `sft` in `staging-files-two`. */
function isInOrder(label: string, word: string): boolean {
  let begin = -1
  for (;;) {
    begin = label.indexOf(word[0] ?? '', begin + 1)
    if (begin < 0) return false
    if (!isWordBegin(label, begin)) continue
    let at = begin
    let found = 1
    while (found < word.length) {
      at = label.indexOf(word[found] ?? '', at + 1)
      if (at < 0) break
      found += 1
    }
    if (found === word.length) return true
  }
}

function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}
