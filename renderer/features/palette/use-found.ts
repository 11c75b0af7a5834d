import { useDebouncedValue } from '@mantine/hooks'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { ALL_RUNS, type HostRun } from '../../../contract/shapes/run-page.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { useClient } from '../../client/client-context.tsx'
import type { Masks } from '../../components/masks.ts'
import { useSame } from '../../components/use-same.ts'
import { snapshotsQuery } from '../hosts/index.ts'
import { hostEntry, runEntry, snapshotEntry } from './entries.ts'
import { type Entry, rank } from './rank.ts'
import type { Query } from './read-query.ts'
import type { Go } from './use-go.ts'

/** Milliseconds without another letter before anything is asked: each letter would ask hosts. */
const PAUSE = 200
/** Of how many hosts, those that fit best, snapshots are read. */
const MOST_HOSTS = 4
/** Snapshots of a day that are offered of one repository. */
const MOST_OF_DAY = 12

export interface Found {
  readonly entries: readonly Entry[]
  /** Something is still being read for what stands in the field. */
  readonly isLooking: boolean
}

interface Known {
  readonly hosts: readonly HostView[]
  readonly now: Date
  readonly go: Go
  readonly masks: Masks
}

/** The snapshots that are asked for: of the hosts that fit best those of the day, without a day the newest of each repository. */
export function useFoundSnapshots(query: Query, { hosts, now, go, masks }: Known): Found {
  const client = useClient()
  const [settled] = useDebouncedValue(query, PAUSE)
  const places = useMemo(() => placesOf(settled, hosts, now, go), [settled, hosts, now, go])
  const queries = useQueries({
    queries: places.map(({ host, repository }) => snapshotsQuery(client, host.id, repository.id)),
  })
  const lists = useSame(queries.map(({ data }) => data?.rows))
  const entries = useMemo(
    () =>
      places.flatMap(({ host, repository }, at) =>
        wantedOf(lists[at] ?? [], settled).map((snapshot) => snapshotEntry(host, repository, snapshot, { go, masks })),
      ),
    [places, lists, settled, go, masks],
  )
  return { entries, isLooking: settled !== query || queries.some(({ isLoading }) => isLoading) }
}

/** Where snapshots are looked for. Nowhere while nothing is asked for. */
function placesOf({ words, day }: Query, hosts: readonly HostView[], now: Date, go: Go) {
  if (words.length === 0 && day === null) return []
  const byKey = new Map(hosts.map((host) => [`host:${host.id}`, host]))
  const fitting = rank(
    hosts.map((host) => hostEntry(host, now, go)),
    words,
    { opened: [], most: MOST_HOSTS },
  )
  return fitting
    .flatMap(({ entries }) => entries)
    .flatMap(({ key }) => {
      const host = byKey.get(key)
      return host?.repositories.map((repository) => ({ host, repository })) ?? []
    })
}

function wantedOf(rows: readonly Snapshot[], { day }: Query): readonly Snapshot[] {
  if (day === null) return rows.slice(0, 1)
  const ofDay = rows.filter(
    ({ time }) => Date.parse(time) >= day.from.getTime() && Date.parse(time) < day.until.getTime(),
  )
  return ofDay.slice(0, MOST_OF_DAY)
}

/** The newest runs that are asked for, also of hosts that cannot be reached. */
export function useFoundRuns(query: Query, { hosts, now, go, masks }: Known): Found {
  const client = useClient()
  const [settled] = useDebouncedValue(query, PAUSE)
  // Main looks for one text: the longest word narrows most, and the ranking looks at the others.
  const plain = settled.words.filter((word) => !word.includes(':'))
  const text = plain.toSorted((a, b) => b.length - a.length)[0] ?? ''
  const { day } = settled
  const filter = { ...ALL_RUNS, from: day?.from.toISOString() ?? null, to: day?.until.toISOString() ?? null, text }
  const { data, isLoading } = useQuery({
    queryKey: ['palette', 'runs', filter],
    queryFn: ({ signal }) => client.runs.page({ ...filter, offset: 0, limit: 40 }, { signal }),
    // Runs begin and end: what was read for another opening may be another list now.
    staleTime: 0,
    gcTime: 10_000,
  })
  const entries = useMemo(() => {
    const names = new Map(hosts.map(({ id, name }) => [id, name]))
    return (data?.runs ?? []).map((found: HostRun) =>
      runEntry(found, names.get(found.hostId) ?? masks.host(found.hostId), now, { go, masks }),
    )
  }, [data, hosts, now, go, masks])
  return { entries, isLooking: settled !== query || isLoading }
}
