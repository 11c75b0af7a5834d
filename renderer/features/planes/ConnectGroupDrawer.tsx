import { t } from '@lingui/core/macro'
import { Button, Drawer, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { Plane, PlaneGroup } from '../../../contract/shapes/plane.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { StorageFields } from './StorageFields.tsx'
import { accessOf, EMPTY_ACCESS, missingOf, readRules, type TypedAccess, writeRules } from './typed-access.ts'

export interface ConnectGroupDrawerProps {
  readonly plane: Plane | null
  /** Null for one that the plane does not know yet. */
  readonly group: PlaneGroup | null
  readonly opened: boolean
  onClose(): void
  onConnected(): void
}

/** Lets a plane read a group's repository, and so give consumers a way to read it. */
export function ConnectGroupDrawer(props: ConnectGroupDrawerProps): ReactElement {
  const { plane, group, opened, onClose } = props
  return (
    <Drawer
      opened={opened && plane !== null}
      onClose={onClose}
      size={520}
      title={<Text fw={650}>{group === null ? t`Connect a repository` : t`Access to ${group.name}`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {plane !== null && <ConnectForm key={group?.id} {...props} plane={plane} />}
    </Drawer>
  )
}

function ConnectForm({ plane, group, onClose, onConnected }: ConnectGroupDrawerProps & { readonly plane: Plane }) {
  const [typed, setTyped] = useState<TypedAccess>(() => ({
    ...EMPTY_ACCESS,
    name: group?.name ?? '',
    url: group?.url ?? '',
    rules: writeRules(group?.typeRules ?? []),
  }))
  const connect = useConnect({ plane, group, typed, onConnected, onClose })
  const missing = missingOf(typed)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (missing === null && !connect.isPending) connect.mutate()
  }
  const field = (key: 'name' | 'url' | 'repoPassword') => ({
    value: typed[key],
    onChange: (event: { currentTarget: { value: string } }) => setTyped({ ...typed, [key]: event.currentTarget.value }),
    autoComplete: 'off',
    spellCheck: false,
  })
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text
          size="sm"
          c="dimmed"
        >{t`${plane.name} keeps this sealed and never shows it again. Consumers get none of it but the repository’s password, which restic cannot read without, and a way to read this one repository for an hour.`}</Text>
        <TextInput label={t`Name of the group`} data-autofocus={group === null || undefined} {...field('name')} />
        <TextInput
          label={t`Address of the repository`}
          description={t`As restic takes it, and as the plane reaches it.`}
          placeholder="rest:https://backup.example:8000/north/"
          {...field('url')}
        />
        <PasswordInput
          label={t`Password of the repository`}
          visibilityToggleButtonProps={{ 'aria-label': t`Show the password` }}
          {...field('repoPassword')}
        />
        <StorageFields typed={typed} onChange={setTyped} />
        {connect.isError && <ErrorState description={describeError(connect.error)} />}
        <Group gap="sm">
          <Button type="submit" disabled={missing !== null} loading={connect.isPending}>{t`Test and connect`}</Button>
          {missing !== null && (
            <Text size="sm" c="dimmed">
              {missing}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  )
}

interface Connecting extends Pick<ConnectGroupDrawerProps, 'group' | 'onConnected' | 'onClose'> {
  readonly plane: Plane
  readonly typed: TypedAccess
}

function useConnect({ plane, group, typed, onConnected, onClose }: Connecting) {
  const client = useClient()
  return useMutation({
    mutationFn: () =>
      client.planes.connectGroup({
        planeId: plane.id,
        groupId: group?.id ?? null,
        name: typed.name.trim(),
        access: accessOf(typed),
        typeRules: readRules(typed.rules).rules,
      }),
    onSuccess: () => {
      onConnected()
      onClose()
    },
  })
}
