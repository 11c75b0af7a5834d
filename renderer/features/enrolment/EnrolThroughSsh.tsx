import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Button, Code, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { sshDestinationSchema } from '../../../contract/shapes/host.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { CommandLine } from '../../components/CommandLine.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import type { EnrolWayProps } from './EnrolWithLine.tsx'
import { HostNameField } from './HostNameField.tsx'

/** Reach a host's agent through this computer's own ssh: no port need be open, and no line be made. */
export function EnrolThroughSsh({ onDone }: EnrolWayProps): ReactElement {
  const client = useClient()
  const [typed, setTyped] = useState('')
  const [name, setName] = useState('')
  const read = sshDestinationSchema.safeParse(typed)
  const add = useMutation({
    mutationFn: (destination: string) => client.hosts.addThroughSsh({ destination, name: name.trim() }),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (read.success && !add.isPending) add.mutate(read.data)
  }
  const problem = typed.trim() === '' || read.success ? null : t`A destination looks like root@db-01.example.`
  const command = commandFor(typed.trim())
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t`Destination`}
          description={t`As ssh takes it: user@host, or a name of your ssh configuration.`}
          placeholder="root@db-01.example"
          value={typed}
          error={problem}
          onChange={(event) => {
            add.reset()
            setTyped(event.currentTarget.value)
          }}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
        />
        <WhatIsRun destination={read.success ? read.data : 'DESTINATION'} />
        <HostNameField value={name} onChange={setName} />
        <Group>
          <Button type="submit" disabled={!read.success} loading={add.isPending}>{t`Connect`}</Button>
        </Group>
        {add.isError && (
          <>
            <ErrorState description={describeError(add.error)} />
            <Text size="sm" c="dimmed">
              <Trans>
                The same by hand, to see what ssh says: <Code>{command}</Code>
              </Trans>
            </Text>
          </>
        )}
      </Stack>
    </form>
  )
}

function WhatIsRun({ destination }: { readonly destination: string }): ReactElement {
  return (
    <Stack gap="xs">
      <Text size="sm">{t`This is run on your computer, as you, whenever the console needs the host:`}</Text>
      <CommandLine command={commandFor(destination)} />
      <Text
        size="sm"
        c="dimmed"
      >{t`Your ssh keys and configuration are used. ssh may not ask for a password or accept the key of an unknown server, so log in once by hand first. You may do there what the user you log in as may do: root is the host’s admin. The agent must be installed; no port but that of ssh need be open.`}</Text>
    </Stack>
  )
}

function commandFor(destination: string): string {
  return `ssh ${destination} restore-agent stdio`
}
