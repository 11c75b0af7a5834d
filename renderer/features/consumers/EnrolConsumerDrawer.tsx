import { t } from '@lingui/core/macro'
import { Button, Drawer, Group, List, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { ConsumerCode } from '../../../contract/shapes/consumer.ts'
import type { Plane } from '../../../contract/shapes/plane.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { CommandLine } from '../../components/CommandLine.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FactList } from '../../components/FactList.tsx'
import { formatMoment } from '../../components/format.ts'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { useNow } from '../../components/use-now.ts'
import { hasFeature, obstacleAt, SafetyMode } from '../planes/index.ts'
import { enrolmentCommands, ownEnrolment } from './consumer-words.ts'

export interface EnrolConsumerDrawerProps {
  readonly planes: readonly Plane[]
  readonly opened: boolean
  onClose(): void
}

/** Lets a new consumer in: a name, a code that is shown once, and the command that uses it. */
export function EnrolConsumerDrawer({ planes, opened, onClose }: EnrolConsumerDrawerProps): ReactElement {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size={560}
      title={<Text fw={650}>{t`Enrol a consumer`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {opened && <Enrol planes={planes.filter((plane) => hasFeature(plane, 'enrolment'))} onDone={onClose} />}
    </Drawer>
  )
}

interface EnrolProps {
  readonly planes: readonly Plane[]
  onDone(): void
}

function Enrol({ planes, onDone }: EnrolProps): ReactElement {
  const client = useClient()
  const [planeId, setPlane] = useState(planes[0]?.id ?? null)
  const [name, setName] = useState('')
  const plane = planes.find(({ id }) => id === planeId)
  const obstacle = obstacleAt(plane, 'danger', useNow())
  const make = useMutation({
    mutationFn: (on: string) => client.consumers.code({ planeId: on, name: name.trim() }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (planeId !== null && name.trim() !== '' && obstacle === null && !make.isPending) make.mutate(planeId)
  }
  if (make.data !== undefined) return <Carry code={make.data} name={name.trim()} onDone={onDone} />
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text
          size="sm"
          c="dimmed"
        >{t`A consumer is known by the key of its own certificate. The code tells the plane, once and within a quarter of an hour, which key that is.`}</Text>
        {planes.length > 1 && (
          <Select
            label={t`Control plane`}
            allowDeselect={false}
            data={planes.map(({ id, name: label }) => ({ value: id, label }))}
            value={planeId}
            onChange={setPlane}
          />
        )}
        <TextInput
          label={t`Name`}
          description={t`What it is called here.`}
          placeholder="prover-1"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
        {make.isError && <ErrorState description={describeError(make.error)} />}
        <Group>
          {obstacle === null ? (
            <Button type="submit" disabled={name.trim() === ''} loading={make.isPending}>{t`Make a code`}</Button>
          ) : (
            <ObstructedButton obstacle={obstacle} onClick={() => undefined}>{t`Make a code`}</ObstructedButton>
          )}
        </Group>
        {plane !== undefined && <SafetyMode plane={plane} />}
      </Stack>
    </form>
  )
}

interface CarryProps {
  readonly code: ConsumerCode
  readonly name: string
  onDone(): void
}

/** The code, once: it is not shown again. */
function Carry({ code, name, onDone }: CarryProps): ReactElement {
  const [makeKey, enrol] = enrolmentCommands({ ...code, name })
  const until = formatMoment(new Date(code.expiresAt))
  return (
    <Stack gap="md">
      <Text size="sm">{t`The code is shown this once. It is good for one consumer until ${until}.`}</Text>
      <FactList
        facts={[
          {
            term: t`Code`,
            value: (
              <Text ff="monospace" fw={600}>
                {code.code}
              </Text>
            ),
          },
          { term: t`Control plane`, value: code.url },
          { term: t`Key of its certificate`, value: <Text ff="monospace">{code.planePin}</Text> },
        ]}
      />
      <Text size="sm">{t`With this product’s own consumer, one line does it:`}</Text>
      <CommandLine command={ownEnrolment({ ...code, name })} />
      <Text size="sm">{t`With any other:`}</Text>
      <List type="ordered" size="sm" spacing="sm" styles={{ itemWrapper: { display: 'block' } }}>
        <List.Item>
          {t`On the consumer, make a key and a certificate if it has none:`}
          <CommandLine command={makeKey} />
        </List.Item>
        <List.Item>
          {t`Give the code, and with it the key:`}
          <CommandLine command={enrol} />
        </List.Item>
        <List.Item>
          {t`Keep the plane’s certificate for restic’s “--cacert”:`}
          <CommandLine command={code.certificate.trim()} />
        </List.Item>
      </List>
      <Group>
        <Button onClick={onDone}>{t`Done`}</Button>
      </Group>
    </Stack>
  )
}
