import { t } from '@lingui/core/macro'
import { Button, CloseButton, CopyButton, Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes } from '../../components/format.ts'
import { useKeys } from '../../components/keys.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import type { LedgerItem } from './ledger-rows.ts'
import { nodeWords } from './NodeIcon.tsx'
import classes from './Run.module.css'
import { actionState, LEDGER_WORDS } from './run-words.ts'

export interface LedgerItemCardProps {
  readonly item: LedgerItem
  onClose(): void
}

/** One item of the ledger, whole: its path, what became of it, and why. */
export function LedgerItemCard({ item, onClose }: LedgerItemCardProps): ReactElement {
  const { path, type, action, size, reason } = item
  useKeys([{ keys: 'Escape', does: 'close item', label: t`close item`, run: onClose }])
  return (
    <section className={classes['item']} aria-label={t`Item`}>
      <Group gap="sm" wrap="nowrap" align="start">
        <StateBadge state={actionState(action)}>{LEDGER_WORDS[action]}</StateBadge>
        <Text size="sm" flex={1} style={{ overflowWrap: 'anywhere' }}>
          <FileName name={path} />
          <Text span c="dimmed">
            {` ${nodeWords(type)}${size === null || type === 'dir' ? '' : `, ${formatBytes(size)}`}`}
          </Text>
        </Text>
        <CopyButton value={showFileName(path)}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-xs" onClick={copy}>
              {copied ? t`Copied` : t`Copy path`}
            </Button>
          )}
        </CopyButton>
        <CloseButton size="sm" aria-label={t`Close the item`} onClick={onClose} />
      </Group>
      {reason !== '' && (
        <Text size="sm" className={classes['reason'] ?? ''}>
          {reason}
        </Text>
      )}
    </section>
  )
}
