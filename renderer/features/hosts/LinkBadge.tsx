import { Trans } from '@lingui/react/macro'
import { Box, Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import { linkWords } from './link-words.ts'

export interface LinkBadgeProps {
  readonly host: Pick<HostView, 'link' | 'local'>
  /** Without the reason, where that stands elsewhere. */
  readonly brief?: boolean
}

/** A host's link: a dot, a word and, where it is not connected, why. */
export function LinkBadge({ host, brief = false }: LinkBadgeProps): ReactElement {
  const { state, word, reason } = linkWords(host)
  const { lastSeenAt } = host.link
  return (
    <Group gap={6} wrap="nowrap" miw={0}>
      <Box flex="none">
        <StateBadge state={state}>{word}</StateBadge>
      </Box>
      {reason !== '' && !brief && (
        <Text span size="sm" c="dimmed" truncate title={reason}>
          {host.link.state === 'unreachable' && lastSeenAt !== null && (
            <>
              <Trans>
                seen <RelativeTime time={lastSeenAt} />
              </Trans>
              {', '}
            </>
          )}
          {reason}
        </Text>
      )}
    </Group>
  )
}
