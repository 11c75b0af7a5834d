import { t } from '@lingui/core/macro'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'

/**
 * The keychain that holds the secrets cannot be reached. No other store is offered: what it holds would be lost to the
 * agent, and with it the passwords of all repositories.
 */
export function KeychainLocked({ reason }: { readonly reason: string }): ReactElement {
  const client = useClient()
  const again = useMutation({ mutationFn: () => client.secrets.status() })
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>{t`The keychain cannot be opened`}</Title>
        <Text
          c="dimmed"
          mt={4}
        >{t`The passwords of your repositories are in this computer’s keychain, and it does not answer.`}</Text>
      </div>
      <Text>{reason}</Text>
      <Text>{t`Unlock the keychain, or sign in to the desktop that holds it, then try again.`}</Text>
      {again.isError && <ErrorState description={describeError(again.error)} />}
      <Group justify="flex-end">
        <Button loading={again.isPending} onClick={() => again.mutate()}>{t`Try again`}</Button>
      </Group>
    </Stack>
  )
}
