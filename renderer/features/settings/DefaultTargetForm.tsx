import { t } from '@lingui/core/macro'
import { Button, Group, Radio, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { conflictModeSchema } from '../../../contract/shapes/restore.ts'
import {
  type RestoreDefault,
  type RestoreDefaults,
  restoreDefaultOn,
} from '../../../contract/shapes/restore-default.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { CONFLICT_MODES, problemWithFolder, RESTORE_DEFAULTS } from '../restore/index.ts'
import type { Changed } from './DefaultTargetsSection.tsx'

export interface DefaultTargetFormProps {
  readonly changed: Changed
  readonly defaults: RestoreDefaults
  onDone(): void
}

/** Changes where restores go: on all hosts, or on one. */
export function DefaultTargetForm({ changed, defaults, onDone }: DefaultTargetFormProps): ReactElement {
  const [hostId, setHostId] = useState(typeof changed === 'string' ? null : changed.hostId)
  const save = useSave(onDone)
  const isAll = changed === 'everywhere'
  const isOwn = defaults.hosts.some((own) => own.hostId === hostId)
  return (
    <Stack gap="md">
      {isAll && <Text c="dimmed">{t`On every host of this workspace that has nothing of its own.`}</Text>}
      {!isAll && <HostChoice hostId={hostId} isFixed={changed !== 'another'} onChange={setHostId} />}
      {(isAll || hostId !== null) && (
        <Fields
          key={hostId ?? ''}
          before={hostId === null ? defaults.everywhere : restoreDefaultOn(hostId, defaults)}
          isWriting={save.isPending}
          onSave={(chosen) => save.mutate({ hostId, chosen })}
          {...(hostId !== null && isOwn ? { onForget: () => save.mutate({ hostId, chosen: null }) } : {})}
        />
      )}
      {save.error !== null && <ErrorState description={describeError(save.error)} />}
    </Stack>
  )
}

interface Wanted {
  /** Null for all hosts. */
  readonly hostId: string | null
  /** Null for what holds for all. */
  readonly chosen: RestoreDefault | null
}

function useSave(onDone: () => void) {
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ hostId, chosen }: Wanted) => {
      if (hostId !== null) return client.restores.changeDefaultOn({ hostId, chosen })
      if (chosen === null) throw new TypeError('all hosts have nothing else to go by')
      return client.restores.changeDefault({ chosen })
    },
    onSuccess: (defaults) => {
      queries.setQueryData(RESTORE_DEFAULTS, defaults)
      onDone()
    },
  })
}

interface HostChoiceProps {
  readonly hostId: string | null
  readonly isFixed: boolean
  onChange(hostId: string | null): void
}

function HostChoice({ hostId, isFixed, onChange }: HostChoiceProps): ReactElement {
  const { value: hosts } = useHosts()
  return (
    <Select
      label={t`Host`}
      placeholder={t`Which one?`}
      searchable
      disabled={isFixed}
      data={hosts.map(({ id, name }) => ({ value: id, label: name }))}
      value={hostId}
      onChange={onChange}
    />
  )
}

interface FieldsProps {
  readonly before: RestoreDefault
  readonly isWriting: boolean
  onSave(chosen: RestoreDefault): void
  onForget?(): void
}

function Fields({ before, isWriting, onSave, onForget }: FieldsProps): ReactElement {
  const [kind, setKind] = useState(before.target.kind)
  const [folder, setFolder] = useState(before.target.kind === 'path' ? before.target.path : '')
  const [conflicts, setConflicts] = useState(before.conflicts)
  const [readBack, setReadBack] = useState(before.readBack)
  const [wasAsked, setAsked] = useState(false)
  const problem = kind === 'path' ? problemWithFolder(folder) : null
  const save = (): void => {
    setAsked(true)
    if (problem !== null) return
    onSave({ target: kind === 'path' ? { kind, path: folder } : { kind: 'staging' }, conflicts, readBack })
  }
  return (
    <Stack gap="md">
      <Radio.Group label={t`Into`} value={kind} onChange={(value) => setKind(value === 'path' ? value : 'staging')}>
        <Stack gap="xs" mt={6}>
          <Radio size="xs" value="staging" label={t`A fresh folder`} description={t`Made anew for each run.`} />
          <Radio
            size="xs"
            value="path"
            label={t`A chosen folder`}
            description={t`The same each time. What is in it already is looked at by the plan.`}
          />
        </Stack>
      </Radio.Group>
      {kind === 'path' && (
        <FolderField
          folder={folder}
          problem={wasAsked ? problem : null}
          onChange={(typed) => {
            setAsked(false)
            setFolder(typed)
          }}
        />
      )}
      <Select
        label={t`If a file is already there`}
        description={CONFLICT_MODES.find(({ mode }) => mode === conflicts)?.sentence}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        allowDeselect={false}
        data={CONFLICT_MODES.map(({ mode, label }) => ({ value: mode, label }))}
        value={conflicts}
        onChange={(value) => setConflicts(conflictModeSchema.safeParse(value).data ?? conflicts)}
      />
      <Switch
        size="xs"
        label={t`Read back and compare`}
        description={t`What was written is read once more and compared with the snapshot’s content hashes.`}
        checked={readBack}
        onChange={(event) => setReadBack(event.currentTarget.checked)}
      />
      <Group justify="flex-end" gap="xs">
        {onForget !== undefined && (
          <Button variant="default" disabled={isWriting} onClick={onForget}>{t`As for all hosts`}</Button>
        )}
        <Button loading={isWriting} onClick={save}>{t`Save`}</Button>
      </Group>
    </Stack>
  )
}

interface FolderFieldProps {
  readonly folder: string
  readonly problem: string | null
  onChange(folder: string): void
}

function FolderField({ folder, problem, onChange }: FolderFieldProps): ReactElement {
  return (
    <TextInput
      aria-label={t`Folder`}
      placeholder="/srv/restored"
      spellCheck={false}
      value={folder}
      error={problem}
      onChange={(event) => onChange(event.currentTarget.value)}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontVariantLigatures: 'none' } }}
    />
  )
}
