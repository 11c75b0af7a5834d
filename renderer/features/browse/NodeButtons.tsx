import { Button, Group, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import type { ActiveNode } from './active-node.ts'
import type { NodeActions } from './use-node-actions.ts'

export interface NodeButtonsProps {
  readonly node: ActiveNode
  readonly act: NodeActions['act']
}

/** What can be done with a node; nothing while its repository cannot be asked. */
export function NodeButtons({ node, act }: NodeButtonsProps): ReactElement | null {
  const buttons = [
    { label: 'Preview', run: act.preview, why: 'See what is in the file. It is written down in the audit.' },
    node.count?.state === 'counting'
      ? { label: 'Stop counting', run: act.stopCounting, why: 'Give the count up' }
      : { label: 'Count', run: act.count, why: 'Read every folder below it, and say how much is in them' },
    { label: 'Versions…', run: act.versions, why: 'The snapshots in which it changed' },
  ]
  const offered = buttons.flatMap(({ label, run, why }) => (run === undefined ? [] : [{ label, run, why }]))
  if (offered.length === 0) return null
  return (
    <Group gap={6}>
      {offered.map(({ label, run, why }) => (
        <Tooltip key={label} label={why}>
          <Button variant="default" size="compact-sm" onClick={run}>
            {label}
          </Button>
        </Tooltip>
      ))}
    </Group>
  )
}
