import { t } from '@lingui/core/macro'
import { Group, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import type { ActiveNode } from './active-node.ts'
import type { NodeActions } from './use-node-actions.ts'

export interface NodeButtonsProps {
  readonly hostId: string
  readonly node: ActiveNode
  readonly act: NodeActions['act']
}

/** What can be done with a node; nothing while its repository cannot be asked. */
export function NodeButtons({ hostId, node, act }: NodeButtonsProps): ReactElement | null {
  const host = useHost(hostId)
  const buttons = [
    {
      label: t`Preview`,
      run: act.preview,
      why: t`See what is in the file. It is recorded in the audit.`,
      obstacle: whyNotPreviewed(host),
    },
    node.count?.state === 'counting'
      ? { label: t`Stop counting`, run: act.stopCounting, why: t`Give the count up` }
      : { label: t`Count`, run: act.count, why: t`Read every folder below it, and say how much is in them` },
    { label: t`Versions…`, run: act.versions, why: t`The snapshots in which it changed` },
  ]
  const offered = buttons.flatMap(({ label, run, why, obstacle = null }) =>
    run === undefined ? [] : [{ label, run, why, obstacle }],
  )
  if (offered.length === 0) return null
  return (
    <Group gap={6}>
      {offered.map(({ label, run, why, obstacle }) => (
        <Tooltip key={label} label={why} disabled={obstacle !== null}>
          <span>
            <ObstructedButton variant="default" size="compact-sm" obstacle={obstacle} onClick={run}>
              {label}
            </ObstructedButton>
          </span>
        </Tooltip>
      ))}
    </Group>
  )
}

/** It comes with no role; null while nothing says that it was not given. */
function whyNotPreviewed(host: HostView | null): string | null {
  if (host === null || host.agent === null || host.agent.granted.permissions.includes('read-contents')) return null
  return t`It needs the permission “read-contents”, which this console was not given on ${host.name}.`
}
