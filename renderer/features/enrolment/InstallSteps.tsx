import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { CommandLine } from '../../components/CommandLine.tsx'

/** From a host without an agent to the line, for its administrator. */
export function InstallSteps(): ReactElement {
  return (
    <Stack gap="xs" mt="xs">
      <Text size="sm" c="dimmed">
        <Trans>
          On the host, as root, with the agent’s package (<code>npm run package:agent</code> of this project makes it):
        </Trans>
      </Text>
      <CommandLine command="tar -xf restore-agent-*.tar.gz" />
      <CommandLine command="sudo ./restore-agent-*/install.sh" />
      <CommandLine command="sudo restore-agent enrol --role operator --workspace NAME --ttl 15m" />
      <Text
        size="sm"
        c="dimmed"
      >{t`The last one prints the line. Its role decides what this console may do there: viewer, operator or admin.`}</Text>
    </Stack>
  )
}
