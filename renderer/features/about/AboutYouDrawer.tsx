import { t } from '@lingui/core/macro'
import { Drawer, Flex, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { useWorkspaces } from '../../client/workspaces-context.tsx'
import { CommandLine } from '../../components/CommandLine.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FactList } from '../../components/FactList.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { GRANT_COLUMNS, grantsOf } from './grants.tsx'

export interface AboutYouDrawerProps {
  readonly opened: boolean
  onClose(): void
}

/** Who this console is to the agents, and what each lets it do. */
export function AboutYouDrawer({ opened, onClose }: AboutYouDrawerProps): ReactElement {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size={720}
      title={<Text fw={650}>{t`About you`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <About />
    </Drawer>
  )
}

function About(): ReactElement {
  const client = useClient()
  const { current } = useWorkspaces()
  const { value: hosts } = useHosts()
  const identity = useQuery({
    queryKey: ['identity'],
    queryFn: ({ signal }) => client.system.identity(undefined, { signal }),
  })
  if (identity.error !== null) return <ErrorState description={describeError(identity.error)} />
  return (
    <Stack gap="md">
      <FactList
        facts={[
          { term: t`Name`, value: identity.data?.actor ?? '\u00a0' },
          { term: t`Workspace`, value: current?.name ?? '\u00a0' },
        ]}
      />
      <div>
        <Text fw={600}>{t`Key of this console`}</Text>
        <Text c="dimmed" mb={6}>{t`Agents know you by it. “restore-agent peers list” on a host shows the same.`}</Text>
        {identity.data?.pin === null ? (
          <Text>{t`It can be read once the console’s secrets are open.`}</Text>
        ) : (
          <CommandLine command={identity.data?.pin ?? '\u00a0'} />
        )}
      </div>
      <div>
        <Text fw={600}>{t`What you may do`}</Text>
        <Text
          c="dimmed"
          mb={6}
        >{t`As the agent of each host of this workspace says. To change it, enrol the host anew with a line for another role.`}</Text>
        <Flex direction="column" mah="55vh">
          <VirtualTable
            label={t`What you may do on each host`}
            rows={grantsOf(hosts)}
            columns={GRANT_COLUMNS}
            rowKey={({ id }) => id}
          />
        </Flex>
      </div>
    </Stack>
  )
}
