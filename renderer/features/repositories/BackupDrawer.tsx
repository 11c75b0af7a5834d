import { t } from '@lingui/core/macro'
import { Button, Drawer, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { BackupSet, RepositoryView } from '../../../contract/shapes/repository.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { linesOf, readBackupLines } from './backup-lines.ts'

export interface BackupDrawerProps {
  readonly hostId: string
  readonly repository: RepositoryView
  readonly opened: boolean
  onClose(): void
}

/** What a backup that is started from the console takes. */
export function BackupDrawer({ opened, onClose, ...about }: BackupDrawerProps): ReactElement {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={<Text fw={650}>{t`What a backup to ${{ repository: about.repository.name }} takes`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <BackupForm {...about} onDone={onClose} />
    </Drawer>
  )
}

const MONOSPACE = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontVariantLigatures: 'none' } }

interface BackupFormProps {
  readonly hostId: string
  readonly repository: RepositoryView
  onDone(): void
}

function BackupForm({ hostId, repository, onDone }: BackupFormProps): ReactElement {
  const client = useClient()
  const [lines, setLines] = useState(() => linesOf(repository.backup))
  const read = readBackupLines(lines)
  const set = useMutation({
    mutationFn: (backup: BackupSet) => client.repositories.setBackup({ hostId, repositoryId: repository.id, backup }),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if ('backup' in read && !set.isPending) set.mutate(read.backup)
  }
  const change = (part: Partial<typeof lines>): void => {
    set.reset()
    setLines((before) => ({ ...before, ...part }))
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Textarea
          label={t`Folders and files`}
          description={t`Full paths of the host, one on each line.`}
          placeholder={'/etc\n/home\n/srv'}
          rows={8}
          value={lines.paths}
          error={lines.paths.trim() !== '' && 'problem' in read && read.problem}
          onChange={(event) => change({ paths: event.currentTarget.value })}
          styles={MONOSPACE}
          spellCheck={false}
          data-autofocus
        />
        <Textarea
          label={t`Without`}
          description={t`Patterns as restic takes them with --exclude, one on each line.`}
          placeholder={'*.tmp\n/home/*/.cache'}
          rows={4}
          value={lines.exclude}
          onChange={(event) => change({ exclude: event.currentTarget.value })}
          styles={MONOSPACE}
          spellCheck={false}
        />
        <Text
          size="sm"
          c="dimmed"
        >{t`This is for “Back up now”. What a timer on the host backs up by itself is not changed by it.`}</Text>
        <Group>
          <Button type="submit" disabled={'problem' in read} loading={set.isPending}>{t`Save`}</Button>
        </Group>
        {set.isError && <ErrorState description={describeError(set.error)} />}
      </Stack>
    </form>
  )
}
