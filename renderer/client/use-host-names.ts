import { useMemo } from 'react'
import { useOfHosts } from './hosts-context.tsx'

/** A host that can be chosen from a list. */
export interface HostChoice {
  readonly value: string
  readonly label: string
}

/** Every host by its name. Another list only when a host comes, goes or is called otherwise, not whenever one says something. */
export function useHostChoices(): readonly HostChoice[] {
  const names = useOfHosts((hosts) => JSON.stringify(hosts.map(({ id, name }) => ({ value: id, label: name }))))
  return useMemo(() => JSON.parse(names) as HostChoice[], [names])
}

/** What a host is called; its id where it is not known any more. Another function only when `useHostChoices` is another list. */
export function useHostNames(): (hostId: string) => string {
  const choices = useHostChoices()
  return useMemo(() => {
    const byId = new Map(choices.map(({ value, label }) => [value, label]))
    return (hostId) => byId.get(hostId) ?? hostId
  }, [choices])
}
