import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useDeferredValue, useMemo, useState } from 'react'
import type { HostView } from '../../../../contract/shapes/host.ts'
import { useHosts } from '../../../client/hosts-context.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { FilterInput } from '../../../components/FilterInput.tsx'
import { formatCount } from '../../../components/format.ts'
import { useKeys } from '../../../components/keys.tsx'
import { Page } from '../../../components/Page.tsx'
import { useTrail } from '../../../components/trail.tsx'
import { useNow } from '../../../components/use-now.ts'
import { VirtualTable } from '../../../components/VirtualTable.tsx'
import { EnrolHostDrawer } from '../../enrolment/index.ts'
import { useHostChange } from '../use-host-change.ts'
import { FleetCounts } from './FleetCounts.tsx'
import { countStates, filterHosts } from './fleet-filter.ts'
import { HOST_COLUMNS } from './host-columns.tsx'
import { LabelEditing } from './label-editing.tsx'

const staysFirst = ({ pinned, local }: HostView): boolean => pinned || local

/** The fleet, once it is known: every host with its link, how old its snapshots are, what it does now. */
export function HostsPage(): ReactElement {
  useTrail([{ label: t`Hosts` }])
  const navigate = useNavigate()
  const hosts = useHosts().value
  const now = useNow().getTime()
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter)
  const shown = useMemo(() => filterHosts(hosts, wanted, new Date(now)), [hosts, wanted, now])
  const counts = useMemo(() => countStates(hosts, new Date(now)), [hosts, now])
  const [enrolling, drawer] = useDisclosure(false)
  const [labelled, setLabelled] = useState<string | null>(null)
  const { mutate: change } = useHostChange()
  useKeys([
    { keys: 'Enter', does: 'open', label: t`open` },
    { keys: 'p', does: 'pin', label: t`pin` },
    { keys: 'l', does: 'labels', label: t`labels` },
  ])
  return (
    <Page
      title={t`Hosts`}
      about={formatCount(hosts.length)}
      actions={
        <>
          <FilterInput label={t`Filter hosts`} value={filter} onChange={setFilter} />
          <Button variant="default" onClick={drawer.open}>{t`Enrol a host…`}</Button>
        </>
      }
      fill
    >
      <FleetCounts all={hosts.length} counts={counts} filter={filter} onChange={setFilter} />
      <LabelEditing value={{ hostId: labelled, edit: setLabelled }}>
        <VirtualTable
          label={t`Hosts`}
          rows={shown}
          columns={HOST_COLUMNS}
          rowKey={(host) => host.id}
          onOpen={(host) => void navigate({ to: '/hosts/$hostId', params: { hostId: host.id } })}
          staysFirst={staysFirst}
          rowKeys={{
            p: ({ id, pinned }) => change({ hostId: id, pinned: !pinned }),
            l: ({ id }) => setLabelled(id),
          }}
          empty={<NoneFits onClear={() => setFilter('')} />}
        />
      </LabelEditing>
      <EnrolHostDrawer opened={enrolling} onClose={drawer.close} />
    </Page>
  )
}

function NoneFits({ onClear }: { readonly onClear: () => void }): ReactElement {
  return (
    <EmptyState
      title={t`No host matches the filter`}
      action={<Button variant="default" onClick={onClear}>{t`Clear the filter`}</Button>}
    >{t`Words are searched for in names, addresses, labels and repositories; “label:web” and “state:away” in those alone.`}</EmptyState>
  )
}
