import { t } from '@lingui/core/macro'
import { Button, Group, NumberInput, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { type Plane, planeNameSchema, planeUrlSchema } from '../../../contract/shapes/plane.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'

export interface ChangePlaneProps {
  readonly plane: Plane
  onDone(): void
}

/** Another name, address or token; of the embedded one, the port at which consumers reach it. */
export function ChangePlane(props: ChangePlaneProps): ReactElement {
  return props.plane.kind === 'embedded' ? <EmbeddedForm {...props} /> : <RemoteForm {...props} />
}

function RemoteForm({ plane, onDone }: ChangePlaneProps): ReactElement {
  const client = useClient()
  const [name, setName] = useState(plane.name)
  const [url, setUrl] = useState(plane.url ?? '')
  const [token, setToken] = useState('')
  const isRight = planeNameSchema.safeParse(name).success && planeUrlSchema.safeParse(url.trim()).success
  const change = useMutation({
    mutationFn: () =>
      client.planes.change({
        planeId: plane.id,
        name: name === plane.name ? null : name,
        url: url.trim() === plane.url ? null : url.trim(),
        token: token === '' ? null : token,
      }),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isRight && !change.isPending) change.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t`Name`}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t`Address`}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <PasswordInput
          label={t`Token`}
          description={plane.hasToken ? t`One is set; leave this empty to keep it.` : t`It has none.`}
          visibilityToggleButtonProps={{ 'aria-label': t`Show the token` }}
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          autoComplete="off"
        />
        {change.isError && <ErrorState description={describeError(change.error)} />}
        <Group>
          <Button type="submit" disabled={!isRight} loading={change.isPending}>{t`Change`}</Button>
        </Group>
      </Stack>
    </form>
  )
}

const MOST = 65_535

function EmbeddedForm({ plane, onDone }: ChangePlaneProps): ReactElement {
  const client = useClient()
  const [port, setPort] = useState<number | string>(plane.consumerPort ?? 0)
  const wanted = typeof port === 'number' && port >= 0 && port <= MOST ? port : null
  const change = useMutation({
    mutationFn: (consumerPort: number) => client.planes.setEmbedded({ on: true, consumerPort }),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (wanted !== null && !change.isPending) change.mutate(wanted)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text
          size="sm"
          c="dimmed"
        >{t`Consumers reach this plane over TLS at a port of this computer. With 0 it takes any that is free, at each start another one: for consumers elsewhere, give it one that stays.`}</Text>
        <NumberInput
          label={t`Port for consumers`}
          w={180}
          min={0}
          max={MOST}
          allowDecimal={false}
          clampBehavior="none"
          hideControls
          value={port}
          onChange={setPort}
          error={wanted === null ? t`Between 0 and 65535.` : undefined}
          data-autofocus
        />
        {change.isError && <ErrorState description={describeError(change.error)} />}
        <Group>
          <Button type="submit" disabled={wanted === null} loading={change.isPending}>{t`Listen there`}</Button>
        </Group>
      </Stack>
    </form>
  )
}
