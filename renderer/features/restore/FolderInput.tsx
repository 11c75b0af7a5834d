import { t } from '@lingui/core/macro'
import { Button, Group, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { problemWithFolder } from './restore-choice.ts'

export interface FolderInputProps {
  readonly host: HostView
  readonly folder: string
  onChange(folder: string): void
}

/** A folder of the host, typed; on this computer also chosen in a dialog, where the shell has one. */
export function FolderInput({ host, folder, onChange }: FolderInputProps): ReactElement {
  const client = useClient()
  const [left, setLeft] = useState(false)
  const system = useQuery({ queryKey: ['system'], queryFn: ({ signal }) => client.system.info(undefined, { signal }) })
  const pick = useMutation({
    mutationFn: () => client.system.pickFolder(),
    onSuccess: ({ path }) => path !== null && onChange(path),
  })
  return (
    <Group gap="xs" align="flex-start">
      <TextInput
        flex={1}
        maw={460}
        aria-label={t`Folder`}
        placeholder="/srv/restored"
        value={folder}
        error={left && problemWithFolder(folder)}
        onChange={(event) => {
          setLeft(false)
          onChange(event.currentTarget.value)
        }}
        onBlur={() => setLeft(true)}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontVariantLigatures: 'none' } }}
        spellCheck={false}
      />
      {host.local && system.data?.capabilities.pickFolder === true && (
        <Button variant="default" loading={pick.isPending} onClick={() => pick.mutate()}>{t`Choose…`}</Button>
      )}
      {pick.isError && <Text c="red">{describeError(pick.error).title}</Text>}
    </Group>
  )
}
