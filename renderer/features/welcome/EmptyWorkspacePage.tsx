import { t } from '@lingui/core/macro'
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
  const name = useWorkspaces().current?.name
  const [enrolling, drawer] = useDisclosure(false)
  useTrail([{ label: t`Hosts` }])
  return (
    <Page title={t`Hosts`}>
      <SectionCard>
        <EmptyState
          title={name === undefined ? t`No hosts in this workspace yet` : t`No hosts in ${name} yet`}
          action={<Button onClick={drawer.open}>{t`Enrol a host…`}</Button>}
        >{t`What is enrolled while this window works here is in this workspace, and is seen from no other one.`}</EmptyState>
      </SectionCard>
      <EnrolHostDrawer opened={enrolling} onClose={drawer.close} />
    </Page>
  )
}
