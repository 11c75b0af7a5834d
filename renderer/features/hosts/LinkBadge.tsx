import { Box, Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { StateBadge } from '../../components/StateBadge.tsx'
import { linkWords } from './link-words.ts'

/** A host's link: a dot, a word and, where it is not connected, why. */
export function LinkBadge({ host }: { readonly host: Pick<HostView, 'link' | 'local'> }): ReactElement {
  const { state, word, reason } = linkWords(host)
  return (
    <Group gap={6} wrap="nowrap" miw={0}>
      <Box flex="none">
        <StateBadge state={state}>{word}</StateBadge>
      </Box>
      {reason !== '' && (
        <Text span size="sm" c="dimmed" truncate title={reason}>
          {reason}
        </Text>
      )}
    </Group>
  )
}
