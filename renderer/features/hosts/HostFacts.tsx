import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Badge, Group, Text } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { RelativeTime, Timestamp } from '../../components/Timestamp.tsx'
import { roleWords } from '../enrolment/index.ts'

/** Under a host's name: how it is reached, since when, what this console may do there, and its labels. */
export function HostFacts({ host }: { readonly host: HostView }): ReactElement | null {
  const { local, link, agent, labels } = host
  if (local && labels.length === 0) return null
  const isConnected = link.state === 'connected'
  return (
    <Group gap={6} flex="none" mt={-8}>
      {!local && (
        <Text size="sm" c="dimmed">
          <Door host={host} />
          <Part>
            {isConnected ? (
              <Trans>
                connected since <Timestamp time={link.since} />
              </Trans>
            ) : (
              <Seen time={link.lastSeenAt} />
            )}
          </Part>
          {agent !== null && <Part>{roleWords(agent.granted.role)}</Part>}
        </Text>
      )}
      {labels.map((label) => (
        <Badge key={label} miw="fit-content">
          {label}
        </Badge>
      ))}
    </Group>
  )
}

function Part({ children }: { readonly children: ReactNode }): ReactElement {
  return <span> · {children}</span>
}

function Seen({ time }: { readonly time: string | null }): ReactElement {
  if (time === null) return <>{t`last seen never`}</>
  return (
    <Trans>
      last seen <RelativeTime time={time} />
    </Trans>
  )
}

function Door({ host: { door } }: { readonly host: HostView }): ReactElement {
  switch (door.kind) {
    case 'local':
      return <>{t`this computer`}</>
    case 'tls':
      return <span title={t`The key of its agent: ${door.pin}`}>{t`${door.address}, its key pinned`}</span>
    case 'ssh':
      return <>{t`through ssh ${door.destination}`}</>
  }
}
