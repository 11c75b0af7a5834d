import { t } from '@lingui/core/macro'
import { Button, Group, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { isFault } from '../../../contract/errors.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'

/** Open the encrypted file. A wrong passphrase is said at the field; anything else below it. */
export function UnlockSecrets(): ReactElement {
  const client = useClient()
  const [passphrase, setPassphrase] = useState('')
  const unlock = useMutation({ mutationFn: () => client.secrets.unlock({ passphrase }) })
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const wrong = isFault(unlock.error, 'wrong_password')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (passphrase !== '') unlock.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <div>
          <Title order={1}>{t`Unlock the console`}</Title>
          <Text
            c="dimmed"
            mt={4}
          >{t`The passwords of your repositories are in an encrypted file. Enter the passphrase that you chose for it.`}</Text>
        </div>
        <PasswordInput
          ref={field}
          label={t`Passphrase`}
          value={passphrase}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value)
            unlock.reset()
          }}
          error={wrong && t`This is not the passphrase. Check capital letters and spaces at its ends.`}
          autoComplete="current-password"
        />
        {unlock.isError && !wrong && <ErrorState description={describeError(unlock.error)} />}
        <Group justify="flex-end">
          <Button type="submit" disabled={passphrase === ''} loading={unlock.isPending}>{t`Unlock`}</Button>
        </Group>
      </Stack>
    </form>
  )
}
