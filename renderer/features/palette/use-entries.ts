import { useMemo, useState } from 'react'
import { useHosts } from '../../client/hosts-context.tsx'
import { useShownKeys } from '../../components/keys.tsx'
import { useMasks } from '../../components/masks.ts'
import { usePreference } from '../../components/preferences.ts'
import { useConsumers, useReplicaBoard } from '../planes/index.ts'
import { consumerEntry, hostEntry, replicaEntry, repositoryEntry } from './entries.ts'
import { type Entry, type RankedGroup, rank } from './rank.ts'
import { readQuery } from './read-query.ts'
import { useFoundRuns, useFoundSnapshots } from './use-found.ts'
import { useGo } from './use-go.ts'

/** How many of each group are shown. */
const MOST = 6
const MOST_OF_DAY = 20
const MOST_RECENT = 5

/** A page or a choice of the frame's, that can be gone to or done from everywhere. */
export interface PaletteCommand {
  readonly key: string
  readonly group: 'Pages' | 'Settings'
  readonly label: string
  readonly detail?: string
  /** What else it is found by. */
  readonly words?: string
  readonly keys?: string
  run(): void
}

export interface Choices {
  readonly groups: readonly RankedGroup[]
  readonly isLooking: boolean
}

/** All that fits what is typed, by group; without any text what was opened last, this page's actions, and the pages. */
export function useChoices(text: string, commands: readonly PaletteCommand[]): Choices {
  const [now] = useState(() => new Date())
  const query = useMemo(() => readQuery(text, now), [text, now])
  const go = useGo()
  const masks = useMasks()
  const hosts = useHosts()
  const known = useMemo(() => ({ hosts: hosts.value, now, go, masks }), [hosts.value, now, go, masks])
  const snapshots = useFoundSnapshots(query, known)
  const runs = useFoundRuns(query, known)
  const board = useReplicaBoard().value.replicas
  const consumers = useConsumers().value
  const opened = usePreference('opened')
  const actions = useActions()
  const fixed = useMemo(
    () => [
      ...actions,
      ...commands.map(commandEntry),
      ...known.hosts.map((host) => hostEntry(host, now, go)),
      ...known.hosts.flatMap((host) => host.repositories.map((repository) => repositoryEntry(host, repository, known))),
      ...board.map((replica) => replicaEntry(replica, go)),
      ...consumers.map((consumer) => consumerEntry(consumer, go)),
    ],
    [actions, commands, known, now, go, board, consumers],
  )
  const groups = useMemo(() => {
    const timed = [...snapshots.entries, ...runs.entries]
    if (query.day !== null) return rank(timed, query.words, { opened, most: MOST_OF_DAY })
    if (query.words.length > 0) return rank([...fixed, ...timed], query.words, { opened, most: MOST })
    const started = fixed.filter(({ group }) => group === 'On this page' || group === 'Pages')
    return [...recentOf([...fixed, ...timed], opened), ...rank(started, [], { opened: [], most: 12 })]
  }, [fixed, snapshots.entries, runs.entries, query, opened])
  const isAsked = query.words.length > 0 || query.day !== null
  return { groups, isLooking: hosts.state === 'waiting' || (isAsked && (snapshots.isLooking || runs.isLooking)) }
}

/** What can be done on the page that is behind the palette. */
function useActions(): readonly Entry[] {
  const shown = useShownKeys()
  return useMemo(
    () =>
      shown.flatMap(({ keys, does, label, run, global }): Entry[] =>
        run === undefined || global !== undefined
          ? []
          : [
              {
                key: `action:${does}`,
                group: 'On this page',
                label: `${label.charAt(0).toUpperCase()}${label.slice(1)}`,
                detail: '',
                text: label.toLowerCase(),
                keys,
                run,
              },
            ],
      ),
    [shown],
  )
}

function commandEntry({ words = '', detail = '', ...command }: PaletteCommand): Entry {
  return { ...command, detail, text: `${command.label} ${words} ${detail}`.toLowerCase() }
}

/** What was opened last of what there still is. */
function recentOf(entries: readonly Entry[], opened: readonly string[]): RankedGroup[] {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]))
  const recent = opened
    .flatMap((key) => byKey.get(key) ?? [])
    .filter(({ group }) => group !== 'On this page')
    .slice(0, MOST_RECENT)
  return recent.length === 0 ? [] : [{ group: 'Recent', entries: recent, more: 0 }]
}
