import { t } from '@lingui/core/macro'
import { Button, Group, PasswordInput, Progress, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LEAST_CHARACTERS, problemWithPassphrase, strengthOf } from './passphrase.ts'

/** Make the encrypted file that stands in for the keychain. `reason` says why there is no keychain. */
export function ChoosePassphrase({ reason }: { readonly reason: string }): ReactElement {
  const client = useClient()
  const [passphrase, setPassphrase] = useState('')
  const [repeated, setRepeated] = useState('')
  const create = useMutation({ mutationFn: () => client.secrets.create({ passphrase }) })
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const problem = problemWithPassphrase(passphrase, repeated)
  const differs = repeated !== '' && passphrase !== repeated
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (problem === null) create.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <div>
          <Title order={1}>{t`Choose a passphrase`}</Title>
          <Text
            c="dimmed"
            mt={4}
          >{t`The passwords of your repositories are kept encrypted. This computer’s keychain cannot hold the key, so a passphrase will.`}</Text>
          {reason !== '' && (
            <Text c="dimmed" mt={4} size="xs">
              {reason}
            </Text>
          )}
        </div>
        <div>
          <PasswordInput
            ref={field}
            label={t`Passphrase`}
            description={t`At least ${LEAST_CHARACTERS} characters. Several words are easier to remember than signs.`}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            autoComplete="new-password"
          />
          <PassphraseStrength passphrase={passphrase} />
        </div>
        <PasswordInput
          label={t`The same again`}
          value={repeated}
          onChange={(event) => setRepeated(event.currentTarget.value)}
          error={differs && problem}
          autoComplete="new-password"
        />
        {create.isError && <ErrorState description={describeError(create.error)} />}
        <Group justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed">{t`It is asked for whenever the console starts. It cannot be recovered.`}</Text>
          <Button
            type="submit"
            disabled={problem !== null}
            loading={create.isPending}
            style={{ flex: 'none' }}
          >{t`Keep it`}</Button>
        </Group>
      </Stack>
    </form>
  )
}

const WORDS = { 'too short': t`too short`, enough: t`enough`, good: t`good`, strong: t`strong` } as const

const COLORS = {
  'too short': 'var(--state-failed)',
  enough: 'var(--state-partial)',
  good: 'var(--state-succeeded)',
  strong: 'var(--state-succeeded)',
} as const

function PassphraseStrength({ passphrase }: { readonly passphrase: string }): ReactElement {
  const { word, share } = strengthOf(passphrase)
  const shown = passphrase === '' ? '' : WORDS[word]
  return (
    <Group gap="sm" mt={6} wrap="nowrap">
      <Progress flex={1} size={4} value={share * 100} color={COLORS[word]} aria-label={t`Length of the passphrase`} />
      <Text size="xs" miw="6em" ta="right" c={passphrase === '' ? 'dimmed' : COLORS[word]} aria-live="polite">
        {shown || '—'}
      </Text>
    </Group>
  )
}
