import { Button, Tooltip } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useDeferredValue, useState } from 'react'
import { useHosts } from '../../client/hosts-context.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { FilterInput } from '../../components/FilterInput.tsx'
import { formatCount } from '../../components/format.ts'
import { useKeys } from '../../components/keys.tsx'
import { Page } from '../../components/Page.tsx'
import { useTrail } from '../../components/trail.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { HOST_COLUMNS } from './host-columns.tsx'
import { matchesHost } from './link-words.ts'

/** The fleet, once it is known: every host with its link, what it does now and what was last restored there. */
export function HostsPage(): ReactElement {
  useTrail([{ label: 'Hosts' }])
  const navigate = useNavigate()
  const hosts = useHosts().value
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter)
  const shown = hosts.filter((host) => matchesHost(host, wanted))
  useKeys([{ keys: 'Enter', label: 'open' }])
  return (
    <Page
      title="Hosts"
      about={formatCount(hosts.length)}
      actions={
        <>
          <FilterInput label="Filter hosts" value={filter} onChange={setFilter} />
          <Tooltip label="Hosts are enrolled with the agent package, which comes with a later version.">
            <Button variant="default" data-disabled aria-disabled="true" onClick={(event) => event.preventDefault()}>
              Enrol a host…
            </Button>
          </Tooltip>
        </>
      }
      fill
    >
      <VirtualTable
        label="Hosts"
        rows={shown}
        columns={HOST_COLUMNS}
        rowKey={(host) => host.id}
        onOpen={(host) => void navigate({ to: '/hosts/$hostId', params: { hostId: host.id } })}
        empty={
          <EmptyState
            title="No host fits the filter"
            action={
              <Button variant="default" onClick={() => setFilter('')}>
                Clear the filter
              </Button>
            }
          />
        }
      />
    </Page>
  )
}
