import { t } from '@lingui/core/macro'
import { Box, Tabs } from '@mantine/core'
import type { ReactElement } from 'react'
import { RecentRestores } from '../audit/index.ts'
import { HostRuns } from '../runs/index.ts'

/** What was restored on a host, and all that has run there: the last few of each. */
export function HostHistory({ hostId }: { readonly hostId: string }): ReactElement {
  return (
    <Box flex="none">
      <Tabs defaultValue="restores" keepMounted={false}>
        <Tabs.List mb={6}>
          <Tabs.Tab value="restores">{t`Recent restores`}</Tabs.Tab>
          <Tabs.Tab value="runs">{t`Runs`}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="restores">
          <RecentRestores hostId={hostId} />
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <HostRuns hostId={hostId} />
        </Tabs.Panel>
      </Tabs>
    </Box>
  )
}
