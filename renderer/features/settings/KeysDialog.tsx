import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Modal, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { idOf, type KeyCommand } from '../../components/key-bindings.ts'
import { useShownKeys } from '../../components/keys.tsx'
import { KeyList } from './KeyList.tsx'
import classes from './Settings.module.css'

export interface KeysDialogProps {
  readonly opened: boolean
  onClose(): void
  /** Everything that has keys, on any page. */
  readonly all: readonly KeyCommand[]
}

/** Every key that works on this page, and those that work everywhere; other ones can be chosen here. */
export function KeysDialog({ opened, onClose, all }: KeysDialogProps): ReactElement {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={560}
      title={<Text fw={650}>{t`Keys`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
      transitionProps={{ duration: 0 }}
    >
      <Here all={all} onClose={onClose} />
    </Modal>
  )
}

function Here({ all, onClose }: Omit<KeysDialogProps, 'opened'>): ReactElement {
  const known = new Map(all.map((command) => [idOf(command), command]))
  const shown = useShownKeys()
  const here = shown
    .filter(({ global }) => global === undefined)
    // Where else it works is of no matter to this list, and is to the check of conflicts.
    .map(({ id, usual, does, label }) => known.get(id) ?? { keys: usual, does, label, pages: [] })
  return (
    <>
      <Title order={2} mb={4}>{t`On this page`}</Title>
      {here.length === 0 ? (
        <Text c="dimmed">{t`This page has no keys of its own.`}</Text>
      ) : (
        <KeyList label={t`Keys of this page`} commands={here} all={all} />
      )}
      <Title order={2} mt="md" mb={4}>{t`Everywhere`}</Title>
      <KeyList
        label={t`Keys that work everywhere`}
        commands={all.filter(({ pages }) => pages === 'everywhere')}
        all={all}
      />
      <Text c="dimmed" size="xs" mt="sm">
        <Trans>
          Arrows move, Enter opens, Space selects and Escape closes in every list and dialog; these stay.{' '}
          <Link to="/settings" onClick={onClose} className={classes['link'] ?? ''}>
            Keys of all pages
          </Link>
        </Trans>
      </Text>
    </>
  )
}
