import { t } from '@lingui/core/macro'
import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { type NewPlane, newPlaneSchema } from '../../../contract/shapes/plane.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { PlaneFound } from './PlaneFound.tsx'

interface Typed {
  readonly name: string
  readonly url: string
  readonly token: string
  readonly pin: string
}

/** Ask an address what is there, look at it, and add it. */
export function AddPlane({ onDone }: { readonly onDone: () => void }): ReactElement {
  const client = useClient()
  const [typed, setTyped] = useState<Typed>({ name: '', url: '', token: '', pin: '' })
  const wanted = readTyped(typed)
  const probe = useMutation({
    mutationFn: ({ url, token, pin }: NewPlane) => client.planes.probe({ url, token, pin }),
  })
  const add = useMutation({ mutationFn: (plane: NewPlane) => client.planes.add(plane), onSuccess: onDone })
  const change = (field: keyof Typed, text: string): void => {
    // Another address is another plane: what was found does not hold for it.
    if (field !== 'name') probe.reset()
    add.reset()
    setTyped({ ...typed, [field]: text })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (wanted === null || probe.isPending || add.isPending) return
    if (probe.isSuccess) add.mutate(wanted)
    else probe.mutate(wanted)
  }
  const error = add.error ?? probe.error
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Fields typed={typed} onChange={change} />
        {probe.data !== undefined && <PlaneFound connection={probe.data} />}
        {error !== null && <ErrorState description={describeError(error)} />}
        <Group gap="sm">
          <Button type="submit" disabled={wanted === null} loading={probe.isPending || add.isPending}>
            {probe.isSuccess ? t`Add it` : t`Ask what is there`}
          </Button>
          {wanted === null && <Text size="sm" c="dimmed">{t`It needs a name and an address.`}</Text>}
        </Group>
      </Stack>
    </form>
  )
}

interface FieldsProps {
  readonly typed: Typed
  onChange(field: keyof Typed, text: string): void
}

function Fields({ typed, onChange }: FieldsProps): ReactElement {
  const field = (key: keyof Typed) => ({
    value: typed[key],
    onChange: (event: { currentTarget: { value: string } }) => onChange(key, event.currentTarget.value),
    autoComplete: 'off',
    spellCheck: false,
  })
  return (
    <>
      <TextInput label={t`Name`} placeholder={t`Canopy south`} data-autofocus {...field('name')} />
      <TextInput
        label={t`Address`}
        description={t`Of the operators’ side. Plain http is taken on this computer alone.`}
        placeholder="https://canopy.example/"
        {...field('url')}
      />
      <PasswordInput
        label={t`Token`}
        description={t`Where it takes one. A Canopy on a tailnet takes none: being on the tailnet is the login.`}
        visibilityToggleButtonProps={{ 'aria-label': t`Show the token` }}
        {...field('token')}
      />
      <TextInput
        label={t`Key of its certificate`}
        description={t`Where no authority has signed it: SHA-256 of its public key, base64url.`}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        {...field('pin')}
      />
    </>
  )
}

function readTyped({ name, url, token, pin }: Typed): NewPlane | null {
  const read = newPlaneSchema.safeParse({ name, url: url.trim(), token: token || null, pin: pin.trim() || null })
  return read.data ?? null
}
