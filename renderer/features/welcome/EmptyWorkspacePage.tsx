import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactElement } from 'react'
import { useWorkspaces } from '../../client/workspaces-context.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import { EnrolHostDrawer } from '../enrolment/index.ts'

/** A workspace that has no hosts yet; this computer is in another one. */
export function EmptyWorkspacePage(): ReactElement {
  const { current } = useWorkspaces()
  const [enrolling, drawer] = useDisclosure(false)
  useTrail([{ label: 'Hosts' }])
  return (
    <Page title="Hosts">
      <SectionCard>
        <EmptyState
          title={`No hosts in ${current?.name ?? 'this workspace'} yet`}
          action={<Button onClick={drawer.open}>Enrol a host…</Button>}
        >
          What is enrolled while this window works here is in this workspace, and is seen from no other one.
        </EmptyState>
      </SectionCard>
      <EnrolHostDrawer opened={enrolling} onClose={drawer.close} />
    </Page>
  )
}
